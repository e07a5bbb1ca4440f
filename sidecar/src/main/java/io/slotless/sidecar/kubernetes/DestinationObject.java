package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import org.jspecify.annotations.Nullable;

/** A RedisDestination as its source gave it to us: one that does not fit our model must not hide the others. */
public sealed interface DestinationObject {

    /** Its metadata. */
    ObjectMetadata metadata();

    /** Its {@code spec.host}; null where there is none. */
    @Nullable
    String host();

    /** How logs name it. */
    default String title() {
        return metadata().namespace() + "/" + metadata().name();
    }

    /** It fits the model; whether it makes sense is another question. */
    record Decoded(DestinationSnapshot destination) implements DestinationObject {
        @Override
        public ObjectMetadata metadata() {
            return destination.metadata();
        }

        @Override
        public @Nullable String host() {
            return destination.spec() == null ? null : destination.spec().host();
        }
    }

    /** It is the copy, without secrets, that came with the host. */
    record Copy(DestinationSnapshot destination) implements DestinationObject {
        @Override
        public ObjectMetadata metadata() {
            return destination.metadata();
        }

        @Override
        public @Nullable String host() {
            return destination.spec() == null ? null : destination.spec().host();
        }
    }

    /**
     * It does not fit the model.
     *
     * @param problem why, for the user
     */
    record Malformed(ObjectMetadata metadata, @Nullable String host, String problem) implements DestinationObject {}
}
