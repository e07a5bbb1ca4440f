package io.slotless.sidecar.destination;

import java.util.Map;

/** What is known of a Secret. */
public sealed interface SecretAnswer {

    /**
     * The Secret is there.
     *
     * @param values decoded, by key; never printed
     */
    record Found(Map<String, String> values) implements SecretAnswer {
        public Found {
            values = Map.copyOf(values);
        }

        @Override
        public String toString() {
            return "Found" + values.keySet();
        }
    }

    /**
     * There is no such Secret, or we may not read it.
     *
     * @param reason what was tried, for the user
     */
    record Missing(String reason) implements SecretAnswer {}

    /**
     * Not known yet; a later reading will tell.
     *
     * @param reason what we wait for, for the user
     */
    record Pending(String reason) implements SecretAnswer {}
}
