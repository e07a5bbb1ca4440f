package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the connections to Redis.
 *
 * @param maxConnections the most connections to one node from one sidecar; default, and for zero and less: no limit
 * @param connectTimeout how long one attempt to connect may take, as a {@linkplain GoDuration Go duration}; default: 10s
 * @param tcpKeepalive TCP keepalive; default: the operating system's
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpSettings(
        @Nullable Integer maxConnections,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String connectTimeout,
        @Nullable TcpKeepalive tcpKeepalive) {}
