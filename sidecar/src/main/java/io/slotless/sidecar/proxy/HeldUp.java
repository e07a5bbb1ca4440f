package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are not read from because they bring one client what it cannot have yet: it waits for another connection. They may
 * be shared, and who else has commands there waits as well; so a connection is not held up, and no longer, where that would make it wait
 * for itself: then what it brings is held after all.
 */
final class HeldUp implements UpstreamConnection.Waiting {

    private final Supplier<@Nullable Pending> awaited;
    private List<UpstreamConnection> connections = List.of();

    /** @param awaited the first of the replies that the client waits for; null when there is none */
    HeldUp(Supplier<@Nullable Pending> awaited) {
        this.awaited = awaited;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Holds a connection up, if it may be. */
    void add(UpstreamConnection connection) {
        if (connections.contains(connection) || awaited.get() == null || waitsFor(connection, new HashSet<>())) {
            return;
        }
        if (connections.isEmpty()) {
            connections = new ArrayList<>(2);
        }
        connections.add(connection);
        connection.holdUp(this);
    }

    /**
     * To be called when the client may wait for something else than before.
     *
     * @param much whether it still should not get more
     */
    void reconsider(boolean much) {
        if (!much || awaited.get() == null) {
            release();
            return;
        }
        for (UpstreamConnection connection : List.copyOf(connections)) {
            if (waitsFor(connection, new HashSet<>())) {
                connections.remove(connection);
                connection.goOn(this);
            }
        }
    }

    @Override
    public boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
        Pending first = awaited.get();
        return first != null && first.waitsFor(connection, seen);
    }

    /** Lets go of all. */
    void release() {
        List<UpstreamConnection> resumed = connections;
        connections = List.of();
        resumed.forEach(connection -> connection.goOn(this));
    }
}
