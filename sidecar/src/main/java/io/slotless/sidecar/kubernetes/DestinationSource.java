package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.destination.SecretAnswer;
import java.util.List;
import java.util.Optional;

/**
 * Where RedisDestinations and Secrets come from. Answers come from memory or from small local files: no method waits
 * for the network. Methods may be called from any thread.
 */
public interface DestinationSource extends AutoCloseable {

    /**
     * Starts to follow the source and returns at once.
     *
     * @param changed called, from any thread, when answers may have changed
     */
    void start(Runnable changed);

    /** The RedisDestinations of a namespace; empty as long as the source has not told them. */
    Optional<List<DestinationObject>> destinations(String namespace);

    /** What is known of a Secret. */
    SecretAnswer secret(String namespace, String name);

    /** Stops to follow; {@code changed} may still be called once. */
    @Override
    void close();
}
