package io.slotless.sidecar.proxy;

import io.slotless.sidecar.clients.ClientView;
import io.slotless.sidecar.clients.KillRequest;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.BackendFactory;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.script.ScriptNews;
import io.slotless.sidecar.script.SeenScripts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A destination on one event loop: the backend in use and the clients. Used on its event loop only, but for
 * {@link #traffic}.
 */
final class Destination {

    private final String host;
    private final BackendFactory backends;
    private final Siblings siblings;
    private final Set<ClientSession> sessions = new HashSet<>();
    private final TrafficCounter traffic = new TrafficCounter();
    private final SeenScripts scripts;
    private Backend backend;
    private Spares spares = Spares.none();

    Destination(BackendFactory backends, Siblings siblings, DestinationConfig config) {
        this.host = config.host();
        this.backends = backends;
        this.siblings = siblings;
        this.scripts = new SeenScripts(SeenScripts.MOST_BYTES, new ScriptsOfAllLoops());
        this.backend = backends.create(config);
    }

    /** The servers are to forget all scripts: so does this loop. */
    void forgetScripts() {
        scripts.forget();
        backend.scriptPlaces().clear();
    }

    String host() {
        return host;
    }

    Backend backend() {
        return backend;
    }

    /** Those of the {@link #backend}. */
    Spares spares() {
        return spares;
    }

    /** Scripts that clients have brought or named. */
    SeenScripts scripts() {
        return scripts;
    }

    TrafficCounter traffic() {
        return traffic;
    }

    /** New commands go by this configuration, each session's from its next safe point on. */
    void use(DestinationConfig config) {
        Backend old = backend;
        backend = backends.create(config);
        spares = Spares.none();
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

    /** Its shares on all event loops, this one among them. */
    Siblings siblings() {
        return siblings;
    }

    /** What there is to see of its clients; of the one that asks, what it is asking. */
    List<ClientView> views(long asking, String command) {
        return sessions.stream()
                .map(session -> session.id() == asking ? ClientViews.of(session, command) : ClientViews.of(session))
                .toList();
    }

    /** Ends the clients that are meant, but for the one that wants it; tells how many there were. */
    int kill(KillRequest request, long killer) {
        List<ClientSession> meant = sessions.stream()
                .filter(session -> session.id() != killer && request.means(ClientViews.of(session), killer))
                .toList();
        meant.forEach(ClientSession::close);
        return meant.size();
    }

    /** Ends the waiting of the client with this id; tells whether it waited. */
    boolean unblock(long id, Unblocking how) {
        Optional<BlockingForward> waiting = sessions.stream()
                .filter(session -> session.id() == id)
                .map(session -> session.replies().first())
                .filter(first -> first instanceof BlockingForward forward && !forward.hasBegunToReply())
                .map(BlockingForward.class::cast)
                .findFirst();
        waiting.ifPresent(forward -> forward.unblock(
                switch (how) {
                    case BY_TIMEOUT -> forward.nothing();
                    case BY_ERROR -> Replies.error("UNBLOCKED client unblocked via CLIENT UNBLOCK");
                }));
        return waiting.isPresent();
    }

    /** Whether this is the id of a client of this event loop. */
    boolean hasClient(long id) {
        return sessions.stream().anyMatch(session -> session.id() == id);
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

    /** What one loop has seen the others should know. */
    private final class ScriptsOfAllLoops implements ScriptNews {

        @Override
        public void seen(byte[] script) {
            tellOthers(other -> other.scripts.learn(script));
        }

        @Override
        public void flushed() {
            tellOthers(Destination::forgetScripts);
        }

        private void tellOthers(Consumer<Destination> news) {
            if (siblings.areNone()) {
                return;
            }
            siblings.ask(
                    each -> {
                        if (each != Destination.this) {
                            news.accept(each);
                        }
                        return true;
                    },
                    ignored -> {});
        }
    }
}
