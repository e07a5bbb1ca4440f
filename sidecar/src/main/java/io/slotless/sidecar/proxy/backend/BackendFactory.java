package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.upstream.Connector;
import io.slotless.sidecar.upstream.NodePool;
import java.util.function.Consumer;

/** Makes backends on one event loop: here a configuration gets its connections. */
public final class BackendFactory {

    private final LoopContext loop;
    private final int maxPrivate;
    private final BackendListener listener;
    private final Consumer<String> hints;
    private final Runnable followed;

    /**
     * @param maxPrivate connections to servers that single clients may use for themselves
     * @param hints told, by host, when a topology seems to be stale
     * @param followed called when a backend should be {@link Backend#checkStalls looked at} each second from now on
     */
    public BackendFactory(
            LoopContext loop, int maxPrivate, BackendListener listener, Consumer<String> hints, Runnable followed) {
        this.loop = loop;
        this.maxPrivate = maxPrivate;
        this.listener = listener;
        this.hints = hints;
        this.followed = followed;
    }

    public Backend create(DestinationConfig config) {
        String host = config.host();
        Connector connector = new Connector(loop.vertx(), loop.context(), loop.flusher(), config);
        NodePool pool = new NodePool(connector, new Connections(host), maxPrivate, System::nanoTime);
        return new Backend(
                config,
                pool,
                new RetryQueue(loop.loop(), System::nanoTime),
                listener,
                () -> hints.accept(host),
                followed,
                System::nanoTime);
    }

    /** Passes on what the pool tells. */
    private final class Connections implements NodePool.PoolListener {

        private final String host;

        Connections(String host) {
            this.host = host;
        }

        @Override
        public void connected(Node node) {
            listener.upstreamConnected(host, node);
        }

        @Override
        public void disconnected(Node node, Throwable cause) {
            listener.upstreamDisconnected(host, node, cause);
        }
    }
}
