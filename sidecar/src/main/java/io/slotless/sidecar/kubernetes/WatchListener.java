package io.slotless.sidecar.kubernetes;

/** Hears how the watches on the API server fare, for logs and metrics. Called on any thread; must not block. */
public interface WatchListener {

    /** Objects cannot be read; they are asked for again. Told once until they can be. */
    void failed(String what, String reason);

    /** Objects are read and watched, for the first time or again after a failure. */
    void following(String what);
}
