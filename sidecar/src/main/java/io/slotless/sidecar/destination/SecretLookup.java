package io.slotless.sidecar.destination;

/** Gives the Secrets of one namespace. */
@FunctionalInterface
public interface SecretLookup {

    /** What is known of the Secret {@code name}; never blocks. */
    SecretAnswer find(String name);
}
