package io.slotless.webhook.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.CatalogueListener;
import io.slotless.webhook.injection.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows RedisDestinations, Services and Namespaces by watches, and answers from memory. */
public final class WatchedCatalogue implements Catalogue, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WatchedCatalogue.class);

    /** Listed at a time: all at once would take several times the memory of what is kept. */
    private static final long PAGE = 500;

    private final SharedIndexInformer<RedisDestination> destinations;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<Namespace> namespaces;
    private final ApiServerVersion version;

    /** @param version is asked when the watches start */
    public WatchedCatalogue(KubernetesClient client, ApiServerVersion version) {
        this.destinations = client.resources(RedisDestination.class)
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(0)
                .itemStore(new LeanItems<>());
        this.services = client.services()
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(0)
                .itemStore(new LeanItems<>());
        // Whole: their labels decide, and since when they have them is in managedFields.
        this.namespaces = client.namespaces().withLimit(PAGE).runnableInformer(0);
        this.version = version;
    }

    /** Tells of changes from now on; to be called before {@link #start}. */
    public void listen(CatalogueListener listener) {
        destinations.addEventHandler(new ChangeHandler<>(RedisDestination::getSpec, changed -> listener.changed()));
        services.addEventHandler(new ChangeHandler<>(Service::getSpec, changed -> listener.changed()));
        namespaces.addEventHandler(new ChangeHandler<>(
                namespace -> List.of(
                        namespace.getMetadata().getLabels(),
                        namespace.getMetadata().getAnnotations()),
                changed -> listener.namespaceChanged(changed.getMetadata().getName())));
    }

    /** Begins to follow and returns at once; tries again for as long as the API server cannot be reached. */
    public void start() {
        informers().forEach(informer -> {
            informer.exceptionHandler((started, failure) -> {
                LOG.warnf(
                        "watch failed, will try again: kind=%s failure=%s",
                        informer.getApiTypeClass().getSimpleName(), failure);
                return true;
            });
            informer.start();
        });
        version.ask();
    }

    /** Whether all has been listed once. */
    public boolean isComplete() {
        return missing().isEmpty();
    }

    /** What answers are still missing for; empty when they are complete. */
    public List<String> missing() {
        Stream<String> kinds = informers()
                .filter(informer -> !informer.hasSynced())
                .map(informer -> informer.getApiTypeClass().getSimpleName());
        return Stream.concat(kinds, version.isKnown() ? Stream.empty() : Stream.of("API server version"))
                .toList();
    }

    /** Tells of each RedisDestination, of those that are known already, too, one after the other on a thread of its own. */
    public void follow(ResourceEventHandler<RedisDestination> follower) {
        destinations.addEventHandler(follower);
    }

    /** Ends what {@link #follow} began. */
    public void unfollow(ResourceEventHandler<RedisDestination> follower) {
        destinations.removeEventHandler(follower);
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.getStore().getByKey(name));
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return Optional.ofNullable(services.getStore().getByKey(Cache.namespaceKeyFunc(name.namespace(), name.name())));
    }

    @Override
    public List<RedisDestination> destinations(String namespace) {
        return destinations.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
    }

    @Override
    public boolean supportsNativeSidecars() {
        return version.supportsNativeSidecars();
    }

    @Override
    public void close() {
        informers().forEach(SharedIndexInformer::stop);
    }

    private Stream<SharedIndexInformer<? extends HasMetadata>> informers() {
        return Stream.of(destinations, services, namespaces);
    }
}
