package io.slotless.webhook.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.CatalogueListener;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Namespace;
import io.slotless.webhook.injection.Service;
import io.slotless.webhook.injection.ServiceName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows RedisDestinations, Services and Namespaces by watches, and answers from memory. */
public final class WatchedCatalogue implements Catalogue, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WatchedCatalogue.class);

    /** Listed at a time: all at once would take several times the memory of what is kept. */
    private static final long PAGE = 500;

    private final KeptItems<RedisDestination, Destination> destinations =
            new KeptItems<>(Destination::of, RedisDestination::new);
    private final KeptItems<io.fabric8.kubernetes.api.model.Service, Service> services =
            new KeptItems<>(Service::of, io.fabric8.kubernetes.api.model.Service::new);
    private final KeptItems<io.fabric8.kubernetes.api.model.Namespace, Namespace> namespaces =
            new KeptItems<>(Namespace::of, io.fabric8.kubernetes.api.model.Namespace::new);
    private final Map<DestinationFollower, KeptItems.Listener<Destination>> followers = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<? extends HasMetadata>> informers;
    private final ApiServerVersion version;

    /** @param version is asked when the watches start */
    public WatchedCatalogue(KubernetesClient client, ApiServerVersion version) {
        this.informers = List.of(
                informer(client.resources(RedisDestination.class).inAnyNamespace(), destinations),
                informer(client.services().inAnyNamespace(), services),
                informer(client.namespaces(), namespaces));
        this.version = version;
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> informer(
            Informable<T> objects, KeptItems<T, ?> kept) {
        return objects.withLimit(PAGE)
                .runnableInformer(0)
                // It cannot be kept true, for no object is there to be removed from it.
                .removeNamespaceIndex()
                .itemStore(kept);
    }

    /** Tells of changes from now on; to be called before {@link #start}. */
    public void listen(CatalogueListener listener) {
        destinations.listen((namespace, name, before, now) -> {
            if (before == null || now == null || !before.decidesLike(now)) {
                listener.changed();
            }
        });
        services.listen((namespace, name, before, now) -> listener.changed());
        namespaces.listen((none, name, before, now) -> listener.namespaceChanged(name));
    }

    /** Begins to follow and returns at once; tries again for as long as the API server cannot be reached. */
    public void start() {
        informers.forEach(informer -> {
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
        Stream<String> kinds = informers.stream()
                .filter(informer -> !informer.hasSynced())
                .map(informer -> informer.getApiTypeClass().getSimpleName());
        return Stream.concat(kinds, version.isKnown() ? Stream.empty() : Stream.of("API server version"))
                .toList();
    }

    /** Tells of each RedisDestination, and first of those that are known already. */
    public void follow(DestinationFollower follower) {
        KeptItems.Listener<Destination> listener = (namespace, name, before, now) -> {
            if (now != null) {
                follower.changed(now);
            } else if (before != null) {
                follower.gone(before);
            }
        };
        followers.put(follower, listener);
        destinations.listen(listener);
    }

    /** Ends what {@link #follow} began. */
    public void unfollow(DestinationFollower follower) {
        KeptItems.Listener<Destination> listener = followers.remove(follower);
        if (listener != null) {
            destinations.forget(listener);
        }
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return namespaces.find("", name);
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return services.find(name.namespace(), name.name());
    }

    @Override
    public Collection<Destination> destinations(String namespace) {
        return destinations.in(namespace);
    }

    @Override
    public boolean supportsNativeSidecars() {
        return version.supportsNativeSidecars();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
