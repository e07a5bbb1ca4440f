package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about a Redis host.
 *
 * @param host the Redis host, usually the full name of its Service; required
 * @param port the port of Redis, 1 to 65535; default: the port of the Service, else 6379
 * @param trafficPolicy how to connect to it; default: all defaults
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisDestinationSpec(
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String host,
        @Nullable Integer port,
        @Nullable TrafficPolicy trafficPolicy) {}
