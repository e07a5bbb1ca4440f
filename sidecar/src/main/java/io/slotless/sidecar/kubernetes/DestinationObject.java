package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.v1alpha1.RedisDestination;
import org.jspecify.annotations.Nullable;

/** A RedisDestination as its source gave it to us: one that does not fit our model must not hide the others. */
public sealed interface DestinationObject {

    /** Its metadata; namespace and name are set. */
    ObjectMeta metadata();

    /** Its {@code spec.host}; null where there is none. */
    @Nullable
    String host();

    /** How logs name it. */
    default String title() {
        return metadata().getNamespace() + "/" + metadata().getName();
    }

    /** It fits the model; whether it makes sense is another question. */
    record Decoded(RedisDestination destination) implements DestinationObject {
        @Override
        public ObjectMeta metadata() {
            return destination.getMetadata();
        }

        @Override
        public @Nullable String host() {
            return destination.getSpec() == null ? null : destination.getSpec().host();
        }
    }

    /** It is the copy, without secrets, that came with the host. */
    record Copy(RedisDestination destination) implements DestinationObject {
        @Override
        public ObjectMeta metadata() {
            return destination.getMetadata();
        }

        @Override
        public @Nullable String host() {
            return destination.getSpec() == null ? null : destination.getSpec().host();
        }
    }

    /**
     * It does not fit the model.
     *
     * @param problem why, for the user
     */
    record Malformed(ObjectMeta metadata, @Nullable String host, String problem) implements DestinationObject {}
}
