package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one destination on one event loop: one shared, pipelined connection per node and identity, and
 * private ones for what binds a connection. Used on its event loop only.
 */
public final class NodePool {

    /** After a failure a node is left alone for a while: doubling, up to the largest. */
    private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LARGEST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_IDLE_PRIVATE = 64;
    /** More of them are ended one by one while they are not used. */
    private static final int KEPT_IDLE_PRIVATE = 8;

    private final Opening opening;
    private final Runnable closing;
    private final PoolListener listener;
    private final LongSupplier nanoTime;
    private final int maxPrivate;
    private final Map<Key, UpstreamConnection> shared = new HashMap<>();
    private final Map<Key, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();
    private final Map<Key, Failure> failures = new HashMap<>();
    private final Set<UpstreamConnection> all = new HashSet<>();
    /** Shared connections that a client held up, while commands wait on them. */
    private final Set<UpstreamConnection> replaced = new HashSet<>();

    private int replacements;

    /**
     * @param maxPrivate the most connections in use by single clients
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public NodePool(Connector connector, PoolListener listener, int maxPrivate, LongSupplier nanoTime) {
        this(connector::connect, connector::close, listener, maxPrivate, nanoTime);
    }

    /** @param closing what is to be done when the pool is closed */
    NodePool(Opening opening, Runnable closing, PoolListener listener, int maxPrivate, LongSupplier nanoTime) {
        this.opening = opening;
        this.closing = closing;
        this.listener = listener;
        this.maxPrivate = maxPrivate;
        this.nanoTime = nanoTime;
    }

    /** The shared connection to a node; it may still be connecting, or closed while the node is left alone. */
    public UpstreamConnection shared(Node node, Identity identity) {
        Key key = new Key(node, identity);
        UpstreamConnection known = shared.get(key);
        if (known != null && (!known.isClosed() || mustWait(key))) {
            return known;
        }
        UpstreamConnection fresh = idle(key);
        fresh = fresh == null ? open(key) : fresh;
        shared.put(key, fresh);
        return fresh;
    }

    /**
     * Goes up whenever a shared connection was replaced because a client that does not read held it up: commands sent
     * after that could overtake those sent before.
     */
    public int replacements() {
        return replacements;
    }

    /**
     * A connection for one user, until it is {@link #giveBack given back} or closed. Beyond the limit it is closed from the
     * start, by a {@link ConnectionLimitException}.
     */
    public UpstreamConnection takePrivate(Node node, Identity identity) {
        Key key = new Key(node, identity);
        UpstreamConnection candidate = idle(key);
        if (candidate != null) {
            return candidate;
        }
        if (all.size() - shared.size() - replaced.size() - idleConnections() >= maxPrivate) {
            return UpstreamConnection.refused(node, new ConnectionLimitException(maxPrivate));
        }
        return open(key);
    }

    private void endOldestIdle() {
        for (ArrayDeque<UpstreamConnection> candidates : idle.values()) {
            if (candidates.size() > KEPT_IDLE_PRIVATE) {
                candidates.removeLast().close();
            }
        }
    }

    private int idleConnections() {
        return idle.values().stream().mapToInt(ArrayDeque::size).sum();
    }

    private @Nullable UpstreamConnection idle(Key key) {
        ArrayDeque<UpstreamConnection> candidates = idle.get(key);
        UpstreamConnection candidate;
        while (candidates != null && (candidate = candidates.poll()) != null) {
            if (!candidate.isClosed()) {
                return candidate;
            }
        }
        return null;
    }

    /** Takes back a private connection that is as fresh as after its handshake: no state, nothing outstanding. */
    public void giveBack(UpstreamConnection connection, Identity identity) {
        if (identity.isOver()) {
            connection.close();
            return;
        }
        ArrayDeque<UpstreamConnection> candidates =
                idle.computeIfAbsent(new Key(connection.node(), identity), ignored -> new ArrayDeque<>());
        if (connection.isReusable() && candidates.size() < MAX_IDLE_PRIVATE) {
            candidates.push(connection);
        } else {
            connection.close();
        }
    }

    /**
     * A tracked client is something else now, or not tracked any more: ends what it had, but for private connections in use,
     * which their user ends.
     *
     * @param kept what the client still is; null: nothing of it is wanted
     */
    public void forget(Tracking tracking, @Nullable Identity kept) {
        Predicate<Key> forgotten = key -> key.identity.tracking() == tracking && !key.identity.equals(kept);
        List<UpstreamConnection> gone = new ArrayList<>();
        shared.forEach((key, connection) -> {
            if (forgotten.test(key)) {
                gone.add(connection);
            }
        });
        idle.forEach((key, connections) -> {
            if (forgotten.test(key)) {
                gone.addAll(connections);
            }
        });
        shared.keySet().removeIf(forgotten);
        idle.keySet().removeIf(forgotten);
        gone.forEach(UpstreamConnection::close);
        failures.keySet().removeIf(forgotten);
    }

    /** Ends the idle connections to nodes that are not (any more) among {@code nodes}. */
    public void retainNodes(Set<Node> nodes) {
        List<UpstreamConnection> gone = new ArrayList<>();
        for (UpstreamConnection connection : all) {
            if (!nodes.contains(connection.node()) && connection.isIdle() && connection.rawReader() == null) {
                gone.add(connection);
            }
        }
        gone.forEach(UpstreamConnection::close);
        failures.keySet().removeIf(key -> !nodes.contains(key.node));
        shared.entrySet()
                .removeIf(entry ->
                        !nodes.contains(entry.getKey().node) && entry.getValue().isClosed());
    }

    /**
     * To be called once a second: ends shared connections on which commands wait and nothing has come for too long, and
     * idle ones that a past rush has left.
     *
     * @param limit how long is too long; whole seconds
     */
    public void checkStalls(Duration limit) {
        endOldestIdle();
        List<UpstreamConnection> stalled = new ArrayList<>();
        List<UpstreamConnection> used = new ArrayList<>(shared.values());
        used.addAll(replaced);
        for (UpstreamConnection connection : used) {
            if (!connection.isClosed() && connection.stalledFor() >= limit.toSeconds()) {
                stalled.add(connection);
            }
        }
        stalled.forEach(connection -> connection.end(
                new SocketTimeoutException(connection.node() + " did not answer within " + limit.toSeconds() + " s")));
    }

    /** Whether {@link #checkStalls} has nothing to look for: nobody waits for a shared connection, and no rush has left any. */
    public boolean isAtRest() {
        return shared.values().stream().allMatch(UpstreamConnection::isIdle)
                && replaced.isEmpty()
                && idle.values().stream().allMatch(candidates -> candidates.size() <= KEPT_IDLE_PRIVATE);
    }

    /** Ends everything. */
    public void close() {
        List.copyOf(all).forEach(UpstreamConnection::close);
        closing.run();
    }

    private UpstreamConnection open(Key key) {
        UpstreamConnection connection = opening.connect(key.node, key.identity, new Events(key));
        all.add(connection);
        return connection;
    }

    private boolean mustWait(Key key) {
        Failure failure = failures.get(key);
        return failure != null && nanoTime.getAsLong() - failure.notBefore < 0;
    }

    private final class Events implements UpstreamConnection.ConnectionEvents {

        private final Key key;
        private boolean wasReady;

        Events(Key key) {
            this.key = key;
        }

        @Override
        public void ready(UpstreamConnection connection) {
            wasReady = true;
            failures.remove(key);
            listener.connected(key.node);
        }

        @Override
        public void ended(UpstreamConnection connection, Throwable cause) {
            all.remove(connection);
            replaced.remove(connection);
            if (!wasReady) {
                Failure before = failures.get(key);
                long backoff =
                        before == null ? FIRST_BACKOFF_NANOS : Math.min(before.backoff * 2, LARGEST_BACKOFF_NANOS);
                failures.put(key, new Failure(backoff, nanoTime.getAsLong() + backoff));
            }
            listener.disconnected(key.node, cause);
            Tracking tracking = key.identity.tracking();
            if (wasReady && tracking != null) {
                tracking.lost();
            }
        }

        @Override
        public void heldUp(UpstreamConnection connection) {
            if (shared.remove(key, connection)) {
                replaced.add(connection);
                replacements++;
                connection.replaced();
            }
        }

        @Override
        public void free(UpstreamConnection connection) {
            replaced.remove(connection);
            giveBack(connection, key.identity);
        }
    }

    /** Told of connections that came and went, on the pool's event loop. */
    public interface PoolListener {
        void connected(Node node);

        void disconnected(Node node, Throwable cause);
    }

    /** Makes connections. */
    interface Opening {
        UpstreamConnection connect(Node node, Identity identity, UpstreamConnection.ConnectionEvents events);
    }

    private record Key(Node node, Identity identity) {}

    private record Failure(long backoff, long notBefore) {}
}
