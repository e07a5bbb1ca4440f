package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the connections to Redis.
 *
 * @param maxConnections the most connections to one node from one sidecar; null, zero and less: no limit
 * @param connectTimeout how long one attempt to connect may take, as a {@linkplain GoDuration Go duration}; null: 10s
 * @param tcpKeepalive TCP keepalive; null: the operating system's
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpSettings(
        @Nullable Integer maxConnections,
        @Nullable String connectTimeout,
        @Nullable TcpKeepalive tcpKeepalive) {}
