package io.slotless.webhook.injection;

import java.util.Collection;
import java.util.Optional;

/** What a decision needs to know of the cluster. Answers at once, from memory; may be asked from any thread. */
public interface Catalogue {

    Optional<Namespace> namespace(String name);

    Optional<Service> service(ServiceName name);

    /** All RedisDestinations of a namespace, in no order. */
    Collection<Destination> destinations(String namespace);

    /**
     * Whether init containers may have {@code restartPolicy: Always}: Kubernetes 1.29 and newer
     * (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers).
     */
    boolean supportsNativeSidecars();
}
