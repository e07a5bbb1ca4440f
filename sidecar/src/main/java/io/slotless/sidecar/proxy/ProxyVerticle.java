package io.slotless.sidecar.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.proxy.backend.BackendFactory;
import io.slotless.sidecar.proxy.backend.LoopContext;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the data path: its listeners and its destinations. Its methods may be called from any
 * thread, once it is deployed, and do their work on the loop.
 */
final class ProxyVerticle extends AbstractVerticle {

    private static final int ACCEPT_BACKLOG = 1_024;

    private final ProxySettings settings;
    private final ProxyListener listener;
    private final ClientLimit clients;
    private final RequestBudget requests;
    private final ReplyBudget replies;
    private final Consumer<String> hints;
    private final List<ProxyVerticle> all;
    private final Map<String, Destination> destinations = new ConcurrentHashMap<>();
    private @Nullable LoopContext loop;
    private @Nullable StallChecks stallChecks;
    private boolean draining;

    /**
     * @param hints told, by host, when a topology seems to be stale
     * @param all gets the verticles of all event loops, before they are deployed
     */
    ProxyVerticle(
            ProxySettings settings,
            ProxyListener listener,
            ClientLimit clients,
            RequestBudget requests,
            Consumer<String> hints,
            List<ProxyVerticle> all) {
        this.settings = settings;
        this.listener = listener;
        this.clients = clients;
        this.requests = requests;
        this.replies = new ReplyBudget(requests);
        this.hints = hints;
        this.all = all;
    }

    @Override
    public void start() {
        loop = LoopContext.of(vertx, context);
        stallChecks = new StallChecks(vertx, requests, destinations.values());
        stallChecks.look();
    }

    /** Clients end before their servers' connections do: what they wait for just ends, and is not told as an error. */
    @Override
    public void stop() {
        destinations.values().forEach(Destination::closeAll);
    }

    /** Opens a listener; the future has its port. */
    Future<Integer> listen(Listen where, DestinationConfig config) {
        return onLoop(() -> {
                    Destination destination = destinations.computeIfAbsent(
                            config.host(),
                            host -> new Destination(
                                    new BackendFactory(loop(), settings.maxPrivate(), listener, hints, this::wake),
                                    new LoopSiblings(host, context, all),
                                    config));
                    NetServer server = vertx.createNetServer(new NetServerOptions()
                            .setHost(where.address())
                            .setPort(where.port())
                            .setTcpNoDelay(true)
                            .setAcceptBacklog(ACCEPT_BACKLOG));
                    server.connectHandler(socket -> accept(socket, destination));
                    // On the loop: a server serves its clients on the loop of the context that it was made to listen
                    // on.
                    return server.listen();
                })
                .compose(listening -> listening)
                .map(NetServer::actualPort);
    }

    /** New commands go by this configuration. */
    void use(DestinationConfig config) {
        onLoop(() -> {
            Destination destination = destinations.get(config.host());
            if (destination != null) {
                destination.use(config);
            }
            return true;
        });
    }

    /** The topology for commands that go by this configuration. */
    void use(DestinationConfig config, Topology topology) {
        onLoop(() -> {
            Destination destination = destinations.get(config.host());
            if (destination != null) {
                destination.use(config, topology);
            }
            return true;
        });
    }

    /** The command table for commands that go by this configuration. */
    void use(DestinationConfig config, CommandTable table) {
        onLoop(() -> {
            Destination destination = destinations.get(config.host());
            if (destination != null) {
                destination.use(config, table);
            }
            return true;
        });
    }

    /** Takes no more clients and closes each when it is quiet. Vert.x closes clients with their server, so it stays. */
    void drain() {
        onLoop(() -> {
            draining = true;
            destinations.values().forEach(Destination::drain);
            return true;
        });
    }

    Future<Boolean> isDrained() {
        return onLoop(() -> destinations.values().stream().allMatch(Destination::isDrained));
    }

    /** Asks this loop's share of a destination; the answer is null when it has none. */
    <T> Future<@Nullable T> ask(String host, Function<Destination, T> question) {
        return onLoop(() -> {
            Destination destination = destinations.get(host);
            return destination == null ? null : question.apply(destination);
        });
    }

    Traffic traffic(String host) {
        Destination destination = destinations.get(host);
        return destination == null ? Traffic.NONE : destination.traffic().read();
    }

    private void accept(NetSocket socket, Destination destination) {
        if (draining) {
            socket.close();
            return;
        }
        if (!clients.enter()) {
            socket.end(Buffer.buffer("-ERR max number of clients reached\r\n"));
            return;
        }
        socket.closeHandler(ignored -> clients.leave());
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        Peer peer =
                Peer.of(clients.nextId(), socket.remoteAddress(), socket.localAddress(), System.currentTimeMillis());
        ClientHandler handler = new ClientHandler(
                loop().flusher(),
                requests,
                (self, out) -> new ClientSession(peer, destination, self, out, replies, settings, listener));
        vertxHandler.pipeline().addBefore(vertxHandler.name(), "slotless", handler);
    }

    private void wake() {
        if (stallChecks != null) {
            stallChecks.wake();
        }
    }

    private LoopContext loop() {
        LoopContext current = loop;
        if (current == null) {
            throw new IllegalStateException("not deployed");
        }
        return current;
    }

    private <T extends @Nullable Object> Future<T> onLoop(Supplier<T> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                promise.complete(work.get());
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
