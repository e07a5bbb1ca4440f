package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.destination.SecretAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API server: watches the RedisDestinations of some namespaces, and each Secret that is asked for and not mounted.
 * An API server that is away, or refuses, is asked again and again; meanwhile the last answers stay.
 */
public final class ApiServerSource implements DestinationSource {

    /** A kubelet takes a minute to bring a changed Secret; a look at files costs next to nothing. */
    private static final Duration MOUNTED_PERIOD = Duration.ofSeconds(5);

    private final ContextInternal control;
    private final ApiServerClient client;
    private final Mounted mounted;
    private final WatchListener listener;
    private final Supplier<Future<Void>> first;
    private final FolderWatch files;
    private final Set<String> namespaces;
    private final Map<SecretName, ObjectWatch<SecretAnswer>> secrets = new ConcurrentHashMap<>();
    private volatile Map<String, ObjectWatch<DestinationObject>> destinations = Map.of();
    private volatile @Nullable Context context;
    private volatile boolean closed;
    private volatile Runnable changed = () -> {};

    /**
     * Does not connect yet.
     *
     * @param control whose event loop has the connections
     * @param namespaces whose RedisDestinations to watch
     * @param mounted asked first for Secrets
     * @param first asked at the start for what the API server can wait for; ends well
     */
    public ApiServerSource(
            Context control,
            ApiServerAddress address,
            Set<String> namespaces,
            Mounted mounted,
            WatchListener listener,
            Supplier<Future<Void>> first) {
        this.control = (ContextInternal) control;
        this.client = new ApiServerClient(control.owner(), address);
        this.namespaces = Set.copyOf(namespaces);
        this.mounted = mounted;
        this.listener = listener;
        this.first = first;
        this.files = new FolderWatch(mounted.files().folder(), 2, MOUNTED_PERIOD, () -> changed.run());
    }

    /**
     * Mounted Secrets and where they come from.
     *
     * @param namespace the pod's own, whose Secrets they are; null if it is not known: then none is used
     */
    public record Mounted(SecretFiles files, @Nullable String namespace) {}

    /** On a worker: it reads files. */
    @Override
    public void start(Runnable whenChanged) {
        changed = whenChanged;
        files.start();
        VertxInternal vertx = control.owner();
        Context own = vertx.createWorkerContext(control.nettyEventLoop(), vertx.getWorkerPool(), null);
        first.get().onComplete(ignored -> own.runOnContext(alsoIgnored -> follow(own)));
    }

    private void follow(Context own) {
        if (closed) {
            return;
        }
        destinations = namespaces.stream().collect(Collectors.toUnmodifiableMap(namespace -> namespace, namespace -> {
            ObjectQuery query = ObjectQuery.redisDestinations(namespace);
            return new ObjectWatch<>(query, DestinationDecoder::decode, client, own, listener, () -> changed.run());
        }));
        context = own;
        destinations.values().forEach(ObjectWatch::start);
        // Secrets of the copies in the bootstrap can be asked for from now on.
        changed.run();
    }

    @Override
    public Optional<List<DestinationObject>> destinations(String namespace) {
        return Optional.ofNullable(destinations.get(namespace))
                .filter(ObjectWatch::isKnown)
                .map(watch -> watch.objects().toList());
    }

    @Override
    public SecretAnswer secret(String namespace, String name) {
        boolean own = namespace.equals(mounted.namespace());
        SecretAnswer answer = own ? mounted.files().find(name) : new SecretAnswer.Missing("not of the pod's namespace");
        if (answer instanceof SecretAnswer.Found) {
            return answer;
        }
        Context running = context;
        if (running == null) {
            return new SecretAnswer.Pending("not yet read from the API server");
        }
        ObjectWatch<SecretAnswer> watch =
                secrets.computeIfAbsent(new SecretName(namespace, name), secret -> watchSecret(running, secret));
        return watch.objects().findFirst().orElseGet(watch::absence);
    }

    private ObjectWatch<SecretAnswer> watchSecret(Context own, SecretName secret) {
        ObjectQuery query = ObjectQuery.secret(secret.namespace(), secret.name());
        var watch = new ObjectWatch<>(query, SecretValues::of, client, own, listener, () -> changed.run());
        watch.start();
        return watch;
    }

    @Override
    public void close() {
        closed = true;
        files.close();
        destinations.values().forEach(ObjectWatch::close);
        secrets.values().forEach(ObjectWatch::close);
        client.close();
    }

    private record SecretName(String namespace, String name) {}
}
