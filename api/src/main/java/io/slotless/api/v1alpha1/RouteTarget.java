package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A destination of commands.
 *
 * @param host the Redis host; required
 * @param port its port; default and 0: found as for a RedisDestination
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouteTarget(
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String host,
        @Nullable Integer port) {}
