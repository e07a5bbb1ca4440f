package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys go to which destination.
 *
 * @param match which keys; default: those that no other route matches
 * @param route where they go; required
 * @param mirror where a copy of the commands goes; their replies are dropped
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisRoute(
        @Nullable RouteMatch match,
        @Nullable RouteTarget route,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(16)
        List<Mirror> mirror) {
    public RedisRoute {
        mirror = mirror == null ? List.of() : List.copyOf(mirror);
    }
}
