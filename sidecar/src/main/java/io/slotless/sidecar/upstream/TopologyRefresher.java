package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.ClusterSlots;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.cluster.TopologyView;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the topology of one cluster true. A round asks the seeds, resolved anew, and nodes already known, and takes what most of
 * them say: when it starts, and on hints (a redirection, a lost node). By time a look asks one of them, the next one each time; a
 * round follows only when that one says something else or nothing, for a cluster that nothing happens to should cost nothing.
 *
 * <p>One per destination; results come on its Vert.x context. Its methods may be called from any thread.
 */
public final class TopologyRefresher {

    /** Between two looks at first; twice as long each time that all is as it was, up to six times as long. */
    private static final long PERIOD_MILLIS = 10_000;

    private static final int LONGEST_IN_PERIODS = 6;
    /** When nobody has used the cluster since the last look: who does will run into what has changed, which is a hint. */
    private static final int UNUSED_IN_PERIODS = 30;
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
    private final LongSupplier commands;
    private final long shortestPeriod;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private volatile ServerState state = new ServerState.Unknown();
    private @Nullable TopologyView seen;
    private @Nullable Topology current;
    private boolean closed;
    private boolean asking;
    private boolean again;
    private long timer = -1;
    private long period;
    private int looks;
    private long commandsBefore;
    private volatile long lastAsked = System.nanoTime();

    /**
     * @param context where to work and where results come
     * @param changed gets the first topology and each that differs from the one before
     * @param failed gets the reason when a round brought nothing
     * @param commands how many commands clients have sent so far; any thread
     */
    public TopologyRefresher(
            Vertx vertx,
            Context context,
            DestinationConfig config,
            Consumer<Topology> changed,
            Consumer<Throwable> failed,
            LongSupplier commands) {
        this(vertx, context, config, changed, failed, commands, PERIOD_MILLIS);
    }

    TopologyRefresher(
            Vertx vertx,
            Context context,
            DestinationConfig config,
            Consumer<Topology> changed,
            Consumer<Throwable> failed,
            LongSupplier commands,
            long shortestPeriod) {
        this.vertx = vertx;
        this.context = context;
        this.config = config;
        this.client = new ControlClient(vertx, config);
        this.changed = changed;
        this.failed = failed;
        this.commands = commands;
        this.shortestPeriod = shortestPeriod;
        this.period = shortestPeriod;
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

    /** What was heard last; any thread. If that was some time ago, a look follows: who asks once will ask again. */
    public ServerState state() {
        if (System.nanoTime() - lastAsked > TimeUnit.MILLISECONDS.toNanos(shortestPeriod)) {
            context.runOnContext(ignored -> look());
        }
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
        if (begins()) {
            List<Future<TopologyView>> views =
                    candidates().stream().map(this::view).toList();
            Future.join(views).onComplete(ignored -> answered(views));
        } else {
            // What is on its way may be older than what we were told to look at.
            again = true;
        }
    }

    private void look() {
        if (begins()) {
            List<Node> candidates = List.copyOf(candidates());
            view(candidates.get(looks++ % candidates.size())).onComplete(view -> {
                asking = false;
                if (!again && view.succeeded() && view.result().equals(seen)) {
                    period = Math.min(2 * period, LONGEST_IN_PERIODS * shortestPeriod);
                    next(wasUsed() ? period : UNUSED_IN_PERIODS * shortestPeriod, this::look);
                } else {
                    ask();
                }
            });
        }
    }

    private boolean wasUsed() {
        long before = commandsBefore;
        commandsBefore = commands.getAsLong();
        return commandsBefore != before;
    }

    /** Whether there is nothing against asking now; the next time is open then. */
    private boolean begins() {
        if (closed || asking) {
            return false;
        }
        asking = true;
        again = false;
        lastAsked = System.nanoTime();
        vertx.cancelTimer(timer);
        return true;
    }

    private void next(long pause, Runnable what) {
        if (closed) {
            return;
        }
        timer = again
                ? vertx.setTimer(HINT_PAUSE_MILLIS, ignored -> ask())
                : vertx.setTimer(pause, ignored -> what.run());
    }

    private Future<TopologyView> view(Node node) {
        return client.ask(node, Request.cmd(Command.CLUSTER).arg("SLOTS")).map(reply -> ClusterSlots.view(reply, node));
    }

    private void answered(List<Future<TopologyView>> views) {
        asking = false;
        if (closed) {
            return;
        }
        TopologyView chosen = TopologyVote.majority(
                views.stream().filter(Future::succeeded).map(Future::result).toList());
        period = shortestPeriod;
        if (chosen == null) {
            Throwable cause = views.get(0).failed() ? views.get(0).cause() : new NoTopologyException(config.host());
            state = ServerFailure.of(cause, config);
            failed.accept(cause);
            next(HINT_PAUSE_MILLIS, this::ask);
        } else {
            seen = chosen;
            use(chosen.topology());
            next(period, this::look);
        }
    }

    private void use(Topology topology) {
        state = new ServerState.Answering(
                topology.shards().size(), topology.nodes().size(), topology.coversAllSlots());
        if (!topology.equals(current)) {
            current = topology;
            changed.accept(topology);
        }
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
