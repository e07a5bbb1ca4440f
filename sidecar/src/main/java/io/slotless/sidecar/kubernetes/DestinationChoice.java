package io.slotless.sidecar.kubernetes;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.HostNames;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which RedisDestination counts for a host. */
final class DestinationChoice {

    /** The older wins; of two of one second, the first by name. An object without a time (from a file) is old. */
    private static final Comparator<DestinationObject> OLDEST_FIRST = Comparator.comparing(
                    (DestinationObject object) -> object.metadata().creationTimestamp(),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(object -> object.metadata().name());

    private DestinationChoice() {}

    /**
     * Chooses among the RedisDestinations of {@code host.namespace()}.
     *
     * @param objects of that namespace, in any order
     */
    static Optional<DestinationObject> of(BootstrapHost host, String clusterDomain, List<DestinationObject> objects) {
        return objects.stream()
                .filter(object -> isFor(host, clusterDomain, object))
                .min(OLDEST_FIRST);
    }

    private static boolean isFor(BootstrapHost host, String clusterDomain, DestinationObject object) {
        String written = object.host();
        String fullName = host.host();
        return written != null
                && object.metadata().deletionTimestamp() == null
                && HostNames.canMean(written, host.namespace(), clusterDomain, fullName);
    }
}
