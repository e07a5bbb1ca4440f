package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a Redis host and what is spoken on them.
 *
 * @param tcp settings of the connections
 * @param redis deployment mode and credentials; default: {@link RedisMode#PROXY} without credentials
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionPool(
        @Nullable TcpSettings tcp, @Nullable RedisSettings redis) {}
