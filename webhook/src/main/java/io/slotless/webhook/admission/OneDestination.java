package io.slotless.webhook.admission;

import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Namespace;
import io.slotless.webhook.injection.Service;
import io.slotless.webhook.injection.ServiceName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A made-up cluster: a namespace with a Service that a RedisDestination is for. */
final class OneDestination implements Catalogue {

    private static final String NAMESPACE = "shop";
    private static final String REDIS = "redis";

    private final Namespace namespace = new Namespace(null, Map.of(), null);
    private final Service service = new Service(Map.of("app", REDIS), List.of(new Service.Port("tcp-redis", 6379)));
    private final Destination destination = new Destination(
            NAMESPACE,
            REDIS,
            REDIS,
            "2026-01-01T00:00:00Z",
            false,
            1L,
            "1",
            new RedisDestinationSpec("redis.shop.svc.cluster.local", null, null),
            null);

    @Override
    public Optional<Namespace> namespace(String name) {
        return Optional.of(namespace).filter(known -> name.equals(NAMESPACE));
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return Optional.of(service).filter(known -> name.equals(new ServiceName(NAMESPACE, REDIS)));
    }

    @Override
    public Collection<Destination> destinations(String inNamespace) {
        return inNamespace.equals(NAMESPACE) ? List.of(destination) : List.of();
    }

    @Override
    public boolean supportsNativeSidecars() {
        return true;
    }
}
