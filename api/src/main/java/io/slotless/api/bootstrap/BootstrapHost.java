package io.slotless.api.bootstrap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One Redis host that the sidecar takes over.
 *
 * @param host the full name of the Redis host ({@code redis-cluster.redis.svc.cluster.local}, or an external name);
 *     a RedisDestination counts for it when its {@code spec.host}, resolved from its own namespace, is this name
 * @param listenAddress the loopback address to listen on, {@code 127.0.0.1}, {@code 127.0.0.2}, …
 * @param listenPort the port the application connects to
 * @param upstreamHost where Redis is when no RedisDestination says otherwise: usually {@code host}
 * @param upstreamPort the port there
 * @param namespace the namespace whose RedisDestinations count for this host
 * @param destination the RedisDestination as it was at admission, without secrets; null when there was none: the host
 *     is then passed through until one appears
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BootstrapHost(
        String host,
        String listenAddress,
        int listenPort,
        String upstreamHost,
        int upstreamPort,
        String namespace,
        @Nullable DestinationSnapshot destination) {}
