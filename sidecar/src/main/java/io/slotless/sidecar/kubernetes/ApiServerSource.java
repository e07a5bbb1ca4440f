package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.sidecar.destination.SecretAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The API server: watches the RedisDestinations of some namespaces, and each Secret that is asked for and not mounted.
 * An API server that is away, or refuses, is asked again and again; meanwhile the last answers stay.
 */
public final class ApiServerSource implements DestinationSource {

    /** A kubelet takes a minute to bring a changed Secret; a look at files costs next to nothing. */
    private static final Duration MOUNTED_PERIOD = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Mounted mounted;
    private final WatchListener listener;
    private final DestinationDecoder decoder = new DestinationDecoder(new KubernetesSerialization());
    private final FolderWatch files;
    private final Set<String> namespaces;
    private final Map<String, ObjectWatch<GenericKubernetesResource>> destinations = new ConcurrentHashMap<>();
    private final Map<SecretName, ObjectWatch<Secret>> secrets = new ConcurrentHashMap<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private volatile Runnable changed = () -> {};

    /**
     * Does not connect yet.
     *
     * @param namespaces whose RedisDestinations to watch
     * @param mounted asked first for Secrets
     */
    public ApiServerSource(KubernetesClient client, Set<String> namespaces, Mounted mounted, WatchListener listener) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
        this.mounted = mounted;
        this.listener = listener;
        this.files = new FolderWatch(mounted.files().folder(), 2, MOUNTED_PERIOD, () -> changed.run());
    }

    /**
     * Mounted Secrets and where they come from.
     *
     * @param namespace the pod's own, whose Secrets they are; null if it is not known: then none is used
     */
    public record Mounted(SecretFiles files, @Nullable String namespace) {}

    /** The client takes its time to start, so it does that on a thread of its own. */
    @Override
    public void start(Runnable whenChanged) {
        changed = whenChanged;
        files.start();
        Thread starter = new Thread(this::connect, "slotless-watch-start");
        starter.setDaemon(true);
        starter.start();
    }

    private void connect() {
        while (phase.get() == Phase.NEW) {
            try {
                namespaces.forEach(namespace -> destinations.computeIfAbsent(namespace, this::watchDestinations));
                if (phase.compareAndSet(Phase.NEW, Phase.CONNECTED)) {
                    destinations.values().forEach(ObjectWatch::start);
                    changed.run();
                }
            } catch (RuntimeException e) {
                // A client that cannot be made: files of the service account may come late. No reason to stop serving.
                if (phase.get() == Phase.NEW) {
                    listener.failed("the API server", FailureReason.of(e).text());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            phase.set(Phase.CLOSED);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<List<DestinationObject>> destinations(String namespace) {
        return Optional.ofNullable(destinations.get(namespace))
                .filter(ObjectWatch::isKnown)
                .map(watch -> watch.objects().map(decoder::decode).toList());
    }

    @Override
    public SecretAnswer secret(String namespace, String name) {
        boolean own = namespace.equals(mounted.namespace());
        SecretAnswer answer = own ? mounted.files().find(name) : new SecretAnswer.Missing("not of the pod's namespace");
        if (answer instanceof SecretAnswer.Found) {
            return answer;
        }
        if (phase.get() != Phase.CONNECTED) {
            return new SecretAnswer.Pending("not yet read from the API server");
        }
        ObjectWatch<Secret> watch = secrets.computeIfAbsent(new SecretName(namespace, name), this::watchSecret);
        return watch.objects().findFirst().map(SecretValues::of).orElseGet(() -> watch.absence());
    }

    @Override
    public void close() {
        phase.set(Phase.CLOSED);
        files.close();
        destinations.values().forEach(ObjectWatch::close);
        secrets.values().forEach(ObjectWatch::close);
    }

    private ObjectWatch<GenericKubernetesResource> watchDestinations(String namespace) {
        var informer = client.genericKubernetesResources(
                        ResourceDefinitionContext.fromResourceType(RedisDestination.class))
                .inNamespace(namespace)
                .runnableInformer(0);
        return new ObjectWatch<>(
                "RedisDestinations of namespace " + namespace, informer, listener, () -> changed.run());
    }

    private ObjectWatch<Secret> watchSecret(SecretName secret) {
        var informer = client.secrets()
                .inNamespace(secret.namespace())
                .withName(secret.name())
                .runnableInformer(0);
        var watch = new ObjectWatch<>("Secret " + secret, informer, listener, () -> changed.run());
        watch.start();
        return watch;
    }

    private enum Phase {
        NEW,
        CONNECTED,
        CLOSED
    }

    private record SecretName(String namespace, String name) {
        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
