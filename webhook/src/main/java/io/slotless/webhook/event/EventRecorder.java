package io.slotless.webhook.event;

import io.fabric8.kubernetes.api.model.ObjectReference;

/** Writes events; returns at once, never throws, and may be used by any thread. */
@FunctionalInterface
public interface EventRecorder {

    /**
     * Says something about an object. An event of the same reason on the same object is not written twice: its count is
     * raised, and its message becomes the newer one.
     *
     * @param regarding the object: {@code apiVersion}, {@code kind}, {@code name} and {@code uid}, and {@code namespace}
     *     where it has one
     * @param reason a word in UpperCamelCase, at most 128 characters
     * @param message for people; cut at 1024 characters
     */
    void record(ObjectReference regarding, EventType type, String reason, String message);
}
