package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.ClusterSlots;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the topology of one cluster true: asks when it starts, by time, and on hints (a redirection, a lost node). Each
 * round asks the seeds, resolved anew, and nodes already known, and takes what most of them say.
 *
 * <p>One per destination; results come on its Vert.x context. Its methods may be called from any thread.
 */
public final class TopologyRefresher {

    private static final long PERIOD_MILLIS = 10_000;
    /** The pause between two rounds that hints ask for, and between rounds that fail. */
    private static final long HINT_PAUSE_MILLIS = 100;
    /** With three shards and a replica each that is everybody; in a large cluster a sample. */
    private static final int MAX_ASKED = 7;

    private final Vertx vertx;
    private final Context context;
    private final DestinationConfig config;
    private final ControlClient client;
    private final Consumer<Topology> changed;
    private final Consumer<Throwable> failed;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private volatile ServerState state = new ServerState.Unknown();
    private @Nullable Topology current;
    private boolean closed;
    private boolean asking;
    private long timer = -1;

    /**
     * @param context where to work and where results come
     * @param changed gets the first topology and each that differs from the one before
     * @param failed gets the reason when a round brought nothing
     */
    public TopologyRefresher(
            Vertx vertx,
            Context context,
            DestinationConfig config,
            Consumer<Topology> changed,
            Consumer<Throwable> failed) {
        this.vertx = vertx;
        this.context = context;
        this.config = config;
        this.client = new ControlClient(vertx, config);
        this.changed = changed;
        this.failed = failed;
    }

    /** Begins to ask. */
    public void start() {
        context.runOnContext(ignored -> ask());
    }

    /** Something looks stale: ask soon. */
    public void hint() {
        if (hinted.compareAndSet(false, true)) {
            context.runOnContext(ignored -> vertx.setTimer(HINT_PAUSE_MILLIS, alsoIgnored -> {
                hinted.set(false);
                ask();
            }));
        }
    }

    /** What the last round brought; any thread. */
    public ServerState state() {
        return state;
    }

    /** Stops. */
    public void close() {
        context.runOnContext(ignored -> {
            closed = true;
            vertx.cancelTimer(timer);
        });
    }

    private void ask() {
        if (closed || asking) {
            return;
        }
        asking = true;
        vertx.cancelTimer(timer);
        List<Future<Topology>> views = new ArrayList<>();
        for (Node node : candidates()) {
            views.add(client.ask(node, Request.cmd(Command.CLUSTER).arg("SLOTS"))
                    .map(reply -> ClusterSlots.topology(reply, node)));
        }
        Future.join(views).onComplete(ignored -> answered(views));
    }

    private void answered(List<Future<Topology>> views) {
        asking = false;
        if (closed) {
            return;
        }
        Topology chosen = TopologyVote.majority(
                views.stream().filter(Future::succeeded).map(Future::result).toList());
        long pause = PERIOD_MILLIS;
        if (chosen == null) {
            pause = HINT_PAUSE_MILLIS;
            Throwable cause = views.get(0).failed() ? views.get(0).cause() : new NoTopologyException(config.host());
            state = ServerFailure.of(cause, config);
            failed.accept(cause);
        } else {
            state = new ServerState.Answering(
                    chosen.shards().size(), chosen.nodes().size(), chosen.coversAllSlots());
            if (!chosen.equals(current)) {
                current = chosen;
                changed.accept(chosen);
            }
        }
        timer = vertx.setTimer(pause, ignored -> ask());
    }

    private Set<Node> candidates() {
        Set<Node> candidates = new LinkedHashSet<>();
        for (Endpoint seed : config.seeds()) {
            candidates.add(new Node(seed.host(), seed.port()));
        }
        List<Node> known = current == null ? new ArrayList<>() : new ArrayList<>(current.nodes());
        Collections.shuffle(known);
        for (Node node : known) {
            if (candidates.size() >= MAX_ASKED) {
                break;
            }
            candidates.add(node);
        }
        return candidates;
    }
}
