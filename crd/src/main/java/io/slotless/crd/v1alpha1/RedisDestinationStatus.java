package io.slotless.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fabric8.kubernetes.api.model.Condition;
import io.slotless.api.v1alpha1.RedisMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we say about a Redis host. The webhook writes it, by what sidecars tell.
 *
 * @param observedGeneration the {@code metadata.generation} that this status is about
 * @param mode the mode in effect, {@code PROXY} or {@code CLUSTER}; absent where another RedisDestination counts for the
 *     host
 * @param shards shards of the cluster; 1 for a single Redis; absent when not known
 * @param nodes nodes of the cluster, replicas included; 1 for a single Redis; absent when not known
 * @param conditions the standard conditions; ours are {@code Accepted} (it counts for its host) and {@code Ready} (pods
 *     use it, and Redis answers)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisDestinationStatus(
        @Nullable Long observedGeneration,
        @Nullable RedisMode mode,
        @Nullable Integer shards,
        @Nullable Integer nodes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP)
        List<Condition> conditions) {
    public RedisDestinationStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
