package io.slotless.webhook.admission;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.ServiceName;
import java.util.List;
import java.util.Optional;

/** A made-up cluster: a namespace with a Service that a RedisDestination is for. */
final class OneDestination implements Catalogue {

    private static final String NAMESPACE = "shop";
    private static final String REDIS = "redis";

    private final Namespace namespace = new NamespaceBuilder()
            .withNewMetadata()
            .withName(NAMESPACE)
            .endMetadata()
            .build();
    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(REDIS)
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", REDIS)
            .addNewPort()
            .withName("tcp-redis")
            .withPort(6379)
            .endPort()
            .endSpec()
            .build();
    private final RedisDestination destination = new RedisDestination();

    OneDestination() {
        destination.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(REDIS)
                .withUid(REDIS)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        destination.setSpec(new RedisDestinationSpec("redis.shop.svc.cluster.local", null, null));
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return Optional.of(namespace).filter(known -> name.equals(NAMESPACE));
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return Optional.of(service).filter(known -> name.equals(new ServiceName(NAMESPACE, REDIS)));
    }

    @Override
    public List<RedisDestination> destinations(String inNamespace) {
        return inNamespace.equals(NAMESPACE) ? List.of(destination) : List.of();
    }

    @Override
    public boolean supportsNativeSidecars() {
        return true;
    }
}
