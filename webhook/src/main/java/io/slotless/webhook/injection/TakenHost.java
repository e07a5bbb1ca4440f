package io.slotless.webhook.injection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Redis host that the sidecar takes over, on one port.
 *
 * @param host what it is
 * @param spellings every name of it that the application may use
 * @param address its own loopback address
 * @param listenPort the port the application connects to
 * @param upstreamPort the port of Redis
 * @param namespace the namespace whose RedisDestinations count for it
 * @param destination the one that counts now
 */
public record TakenHost(
        RedisHost host,
        List<String> spellings,
        String address,
        int listenPort,
        int upstreamPort,
        String namespace,
        @Nullable Destination destination) {

    public TakenHost {
        spellings = List.copyOf(spellings);
    }
}
