package io.slotless.sidecar.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections of one destination on one event loop: Vert.x resolves, connects and speaks TLS; the bytes are ours.
 */
public final class Connector {

    private final Context context;
    private final TickFlusher flusher;
    private final NetClient client;
    private final long handshakeTimeoutMillis;

    /**
     * @param context that of the event loop the connections live on
     * @param flusher that of the same event loop
     */
    public Connector(Vertx vertx, Context context, TickFlusher flusher, DestinationConfig config) {
        this.context = context;
        this.flusher = flusher;
        this.client = vertx.createNetClient(ClientOptions.of(config));
        this.handshakeTimeoutMillis = config.tcp().connectTimeout().toMillis();
    }

    /** A connection that is on its way to be ready as {@code identity}. */
    UpstreamConnection connect(Node node, Identity identity, UpstreamConnection.ConnectionEvents events) {
        UpstreamConnection connection = new UpstreamConnection(node, events);
        context.runOnContext(ignored -> client.connect(SocketAddress.inetSocketAddress(node.port(), node.host()))
                .onComplete(connected -> {
                    if (connected.failed()) {
                        connection.end(describe(node, connected.cause()));
                    } else if (connection.isClosed()) {
                        connected.result().close();
                    } else {
                        attach(connected.result(), connection, identity);
                    }
                }));
        return connection;
    }

    /** Ends all connections made here. */
    public void close() {
        client.close();
    }

    private void attach(NetSocket socket, UpstreamConnection connection, Identity identity) {
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = vertxHandler.pipeline();
        pipeline.addBefore(
                vertxHandler.name(), "slotless", new UpstreamHandler(connection, flusher, identity.tracking()));
        ScheduledFuture<?> timeout = vertxHandler
                .executor()
                .schedule(
                        () -> connection.end(new ConnectException(connection.node()
                                + " did not answer the handshake within " + handshakeTimeoutMillis + " ms")),
                        handshakeTimeoutMillis,
                        TimeUnit.MILLISECONDS);
        Handshake.start(connection, identity, refused -> shaken(connection, timeout, refused));
    }

    private static void shaken(
            UpstreamConnection connection, ScheduledFuture<?> timeout, @Nullable HandshakeException refused) {
        timeout.cancel(false);
        if (refused == null) {
            connection.becomeReady();
        } else {
            connection.end(refused);
        }
    }

    private static Throwable describe(Node node, Throwable cause) {
        String message = cause.getMessage();
        ConnectException described = new ConnectException("cannot connect to " + node + ": "
                + (message == null ? cause.getClass().getSimpleName() : message));
        described.initCause(cause);
        return described;
    }
}
