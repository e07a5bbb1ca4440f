package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A RedisDestination, as far as anything here depends on it. There may be ten thousands: the whole object takes several times as
 * much memory.
 *
 * @param created as Kubernetes writes it
 * @param deleted whether it is about to go
 */
public record Destination(
        String namespace,
        String name,
        @Nullable String uid,
        @Nullable String created,
        boolean deleted,
        @Nullable Long generation,
        @Nullable String resourceVersion,
        @Nullable RedisDestinationSpec spec,
        @Nullable RedisDestinationStatus status) {

    /** What matters of the object, which is not to be used any more. */
    public static Destination of(RedisDestination object) {
        ObjectMeta metadata = object.getMetadata();
        RedisDestinationStatus status = object.getStatus();
        if (status != null) {
            status.conditions().forEach(Destination::share);
        }
        return new Destination(
                Objects.requireNonNullElse(metadata.getNamespace(), "").intern(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getCreationTimestamp(),
                metadata.getDeletionTimestamp() != null,
                metadata.getGeneration(),
                metadata.getResourceVersion(),
                object.getSpec(),
                status);
    }

    /** Most of them say the same. */
    private static void share(Condition condition) {
        Function<@Nullable String, @Nullable String> one = text -> text == null ? null : text.intern();
        condition.setType(one.apply(condition.getType()));
        condition.setStatus(one.apply(condition.getStatus()));
        condition.setReason(one.apply(condition.getReason()));
        condition.setMessage(one.apply(condition.getMessage()));
        condition.setLastTransitionTime(one.apply(condition.getLastTransitionTime()));
        if (condition.getAdditionalProperties().isEmpty()) {
            condition.setAdditionalProperties(Map.of());
        }
    }

    /** {@code namespace/name}. */
    public String key() {
        return namespace + "/" + name;
    }

    /** Whether every decision about a pod is the same with the one as with the other. */
    public boolean decidesLike(Destination other) {
        return deleted == other.deleted && Objects.equals(spec, other.spec);
    }

    /** What a sidecar may be told of it by way of a pod, which more people can read. */
    public DestinationSnapshot withoutSecrets() {
        ObjectMetadata metadata = new ObjectMetadata(namespace, name, uid, created, null, generation, Map.of());
        return new DestinationSnapshot(metadata, spec).withoutSecrets();
    }
}
