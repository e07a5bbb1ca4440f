package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the sidecar connects to a Redis host.
 *
 * @param connectionPool connections and what is spoken on them
 * @param tls TLS to Redis; default: plain TCP
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrafficPolicy(
        @Nullable ConnectionPool connectionPool, @Nullable TlsSettings tls) {}
