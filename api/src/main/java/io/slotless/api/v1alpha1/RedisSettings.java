package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deployment mode of a Redis host and its credentials.
 *
 * @param mode the deployment mode; default: {@link RedisMode#PROXY}
 * @param auth credentials for Redis; default: none
 * @param discoveryEndpoints where to start, each {@code host}, {@code host:port} or {@code [v6]:port};
 *     default: the host itself
 * @param presentAs what the sidecar pretends to be; default: {@link PresentAs#STANDALONE}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisSettings(
        @Nullable RedisMode mode,
        @Nullable Auth auth,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(256)
        List<@MaxSize(DiscoveryEndpoint.MAX_LENGTH) String> discoveryEndpoints,

        @Nullable PresentAs presentAs) {
    public RedisSettings {
        discoveryEndpoints = discoveryEndpoints == null ? List.of() : List.copyOf(discoveryEndpoints);
    }
}
