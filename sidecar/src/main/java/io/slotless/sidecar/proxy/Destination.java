package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.destination.DestinationConfig;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A destination on one event loop: the backend in use and the clients. Used on its event loop only, but for
 * {@link #traffic}.
 */
final class Destination {

    private final String host;
    private final BackendFactory backends;
    private final Set<ClientSession> sessions = new HashSet<>();
    private final TrafficCounter traffic = new TrafficCounter();
    private Backend backend;

    Destination(BackendFactory backends, DestinationConfig config) {
        this.host = config.host();
        this.backends = backends;
        this.backend = backends.create(config);
    }

    String host() {
        return host;
    }

    Backend backend() {
        return backend;
    }

    TrafficCounter traffic() {
        return traffic;
    }

    /** New commands go by this configuration, each session's from its next safe point on. */
    void use(DestinationConfig config) {
        Backend old = backend;
        backend = backends.create(config);
        Set.copyOf(sessions).forEach(ClientSession::moveIfQuiet);
        old.retire();
    }

    /** The topology for backends with this configuration. */
    void use(DestinationConfig config, Topology topology) {
        if (backend.config().equals(config)) {
            backend.use(topology);
        }
    }

    /** The command table for backends with this configuration. */
    void use(DestinationConfig config, CommandTable table) {
        if (backend.config().equals(config)) {
            backend.use(table);
        }
    }

    /** The client with this id, among those of this destination and event loop; null if there is none. */
    @Nullable
    ClientSession session(long id) {
        return sessions.stream()
                .filter(session -> session.id() == id)
                .findFirst()
                .orElse(null);
    }

    void connected(ClientSession session) {
        sessions.add(session);
        traffic.clients(sessions.size());
    }

    void disconnected(ClientSession session) {
        sessions.remove(session);
        traffic.clients(sessions.size());
    }

    /** Closes each session as soon as it waits for nothing. */
    void drain() {
        Set.copyOf(sessions).forEach(ClientSession::drain);
    }

    void closeAll() {
        Set.copyOf(sessions).forEach(ClientSession::close);
    }

    boolean isDrained() {
        return sessions.isEmpty();
    }
}
