package io.slotless.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we say about the Redis that clients see.
 *
 * @param observedGeneration the {@code metadata.generation} that this status is about
 * @param conditions the standard conditions; ours is {@code Ready}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisServiceStatus(
        @Nullable Long observedGeneration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP)
        List<Condition> conditions) {
    public RedisServiceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
