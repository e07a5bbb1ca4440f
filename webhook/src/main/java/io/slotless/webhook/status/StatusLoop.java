package io.slotless.webhook.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Destinations;
import io.slotless.webhook.injection.RedisHost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one RedisDestination after the other, when its time has come. However many there are, a second brings no more
 * than so many questions: what has changed is looked at first, the others less often then. Used on one event loop.
 */
final class StatusLoop {

    private static final Logger LOG = Logger.getLogger(StatusLoop.class);
    private static final long TICK_MILLIS = 100;
    private static final int TICKS_PER_SECOND = 10;
    /** Sidecars hear of a change when we do, and need a moment to follow it. */
    private static final long AFTER_CHANGE_MILLIS = 1_000;

    private static final long AFTER_DOUBT_MILLIS = 2_000;
    private static final int MOST_ASKED = 3;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Vertx vertx;
    private final Context context;
    private final Destinations destinations;
    private final Asking asking;
    private final Writing writing;
    private final StatusSettings settings;
    private final Map<String, Watched> watched = new HashMap<>();
    private final HostIndex hosts = new HostIndex();
    private final ServingPods pods = new ServingPods();
    private final DueQueue due = new DueQueue();
    private final long timer;
    private boolean known;
    private boolean ended;
    private int looking;

    /** @param context of the event loop on which everything here happens, this call, too */
    StatusLoop(
            Vertx vertx,
            Context context,
            Destinations destinations,
            Asking asking,
            Writing writing,
            StatusSettings settings) {
        this.vertx = vertx;
        this.context = context;
        this.destinations = destinations;
        this.asking = asking;
        this.writing = writing;
        this.settings = settings;
        this.timer = vertx.setPeriodic(TICK_MILLIS, ignored -> tick());
    }

    /** Asks a sidecar; never fails. */
    interface Asking {
        Future<SidecarAnswer> ask(ServingPod pod, String host);
    }

    /** Writes a status, and says so; called on a thread that may wait. */
    interface Writing {
        void write(Destination seen, @Nullable RedisDestinationStatus before, RedisDestinationStatus status);
    }

    /** A RedisDestination is new or has changed. */
    void changed(Destination object) {
        String key = object.key();
        Watched before = watched.get(key);
        if (before != null && isSameSpec(before.object(), object)) {
            before.become(object);
            return;
        }
        Watched entry = new Watched(object);
        watched.put(key, entry);
        due.add(key, now() + AFTER_CHANGE_MILLIS);
        soon(hosts.put(key, host(object)));
    }

    /** A RedisDestination is no more. */
    void gone(String key) {
        watched.remove(key);
        due.remove(key);
        soon(hosts.put(key, null));
    }

    /** @param pod null when it is gone, or cannot be asked */
    void pod(String key, @Nullable ServingPod pod) {
        pods.put(key, pod).forEach(host -> soon(hosts.keys(host)));
    }

    /** All pods that there are have been told: before, "no pod" would not be true. */
    void podsKnown() {
        known = true;
    }

    void end() {
        ended = true;
        vertx.cancelTimer(timer);
    }

    private void soon(Iterable<String> keys) {
        keys.forEach(key -> due.add(key, now() + AFTER_CHANGE_MILLIS));
    }

    private void tick() {
        for (int i = 0; known && i < settings.perSecond() / TICKS_PER_SECOND && looking < settings.atOnce(); i++) {
            Optional<String> key = due.poll(now());
            if (key.isEmpty()) {
                return;
            }
            Watched entry = watched.get(key.get());
            if (entry != null) {
                look(key.get(), entry);
            }
        }
    }

    private void look(String key, Watched entry) {
        looking++;
        Destination object = entry.object();
        // Services and namespaces may have come since, and make another host of the same name.
        soon(hosts.put(key, host(object)));
        Acceptance acceptance = Acceptance.of(object, destinations);
        List<Future<SidecarAnswer>> answers = acceptance instanceof Acceptance.Accepted accepted
                ? pods.choose(accepted.host(), object.namespace(), MOST_ASKED).stream()
                        .map(pod -> asking.ask(pod, accepted.host().fullName()))
                        .toList()
                : List.of();
        Future.all(answers)
                .compose(all -> conclude(entry, acceptance, object, all.list()))
                .onFailure(failure -> LOG.errorf(failure, "status not made up: object=%s", key))
                .onComplete(next -> context.runOnContext(ignored -> {
                    looking--;
                    if (watched.get(key) == entry && !ended) {
                        due.add(
                                key,
                                now()
                                        + next.otherwise(settings.period().toMillis())
                                                .result());
                    }
                }));
    }

    /** The milliseconds until the next look. */
    private Future<Long> conclude(
            Watched entry, Acceptance acceptance, Destination object, List<SidecarAnswer> answers) {
        RedisDestinationStatus before = entry.status();
        RedisDestinationStatus status = StatusRules.status(object, acceptance, answers, before, Instant.now());
        if (entry.doubts(status)) {
            return Future.succeededFuture(AFTER_DOUBT_MILLIS);
        }
        if (ended || status.equals(before)) {
            return Future.succeededFuture(period());
        }
        return context.<Void>executeBlocking(
                        () -> {
                            writing.write(object, before, status);
                            return null;
                        },
                        false)
                .map(ignored -> {
                    entry.wrote(object, status);
                    return period();
                })
                .otherwise(failure -> afterFailure(object, failure));
    }

    private long afterFailure(Destination object, Throwable failure) {
        int code = failure instanceof KubernetesClientException answer ? answer.getCode() : 0;
        if (code == CONFLICT || code == NOT_FOUND) {
            // The watch is about to tell us.
            return AFTER_CHANGE_MILLIS;
        }
        LOG.warnf("status not written, will try again: object=%s failure=%s", object.key(), failure);
        return period();
    }

    /** With up to a tenth more, so that what began together does not stay together. */
    private long period() {
        long millis = settings.period().toMillis();
        return millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1);
    }

    private @Nullable String host(Destination object) {
        return destinations.host(object).map(RedisHost::fullName).orElse(null);
    }

    private static boolean isSameSpec(Destination before, Destination after) {
        return Objects.equals(before.generation(), after.generation()) && Objects.equals(before.uid(), after.uid());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
