package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.slotless.api.v1alpha1.RedisDestination;
import java.util.List;
import java.util.Optional;

/** What a decision needs to know of the cluster. Answers at once, from memory; may be asked from any thread. */
public interface Catalogue {

    Optional<Namespace> namespace(String name);

    Optional<Service> service(ServiceName name);

    /** All RedisDestinations of a namespace, in no order. */
    List<RedisDestination> destinations(String namespace);

    /**
     * Whether init containers may have {@code restartPolicy: Always}: Kubernetes 1.29 and newer
     * (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers).
     */
    boolean supportsNativeSidecars();
}
