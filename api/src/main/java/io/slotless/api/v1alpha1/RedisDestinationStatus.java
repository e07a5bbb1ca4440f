package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we say about a Redis host.
 *
 * @param observedGeneration the {@code metadata.generation} that this status is about
 * @param mode the mode in effect
 * @param shards shards of the cluster; 1 for a single Redis
 * @param nodes nodes of the cluster, replicas included; 1 for a single Redis
 * @param conditions the standard conditions; ours is {@code Ready}
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
