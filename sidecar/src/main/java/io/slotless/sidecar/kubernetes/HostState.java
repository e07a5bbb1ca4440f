package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Reading;
import java.util.Optional;

/**
 * Where a host stands.
 *
 * @param read the metadata of the RedisDestination that was read last, in force or not; empty where there is none
 * @param config in force; empty before the first
 * @param obstacle why the newest word on the host is not in force; empty when it is
 */
public record HostState(Optional<ObjectMetadata> read, Optional<DestinationConfig> config, Optional<Reading> obstacle) {

    /** Nothing is known yet. */
    public static final HostState NEW = new HostState(Optional.empty(), Optional.empty(), Optional.empty());
}
