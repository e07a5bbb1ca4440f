package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.upstream.Connector;
import io.slotless.sidecar.upstream.NodePool;
import java.util.function.Consumer;

/** Makes backends on one event loop: here a configuration gets its connections. */
final class BackendFactory {

    private final LoopContext loop;
    private final ProxySettings settings;
    private final ProxyListener listener;
    private final Consumer<String> hints;

    /** @param hints told, by host, when a topology seems to be stale */
    BackendFactory(LoopContext loop, ProxySettings settings, ProxyListener listener, Consumer<String> hints) {
        this.loop = loop;
        this.settings = settings;
        this.listener = listener;
        this.hints = hints;
    }

    Backend create(DestinationConfig config) {
        String host = config.host();
        Connector connector = new Connector(loop.vertx(), loop.context(), loop.flusher(), config);
        NodePool pool = new NodePool(connector, new Connections(host), settings.maxPrivate(), System::nanoTime);
        return new Backend(
                config,
                pool,
                new RetryQueue(loop.loop(), System::nanoTime),
                listener,
                () -> hints.accept(host),
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
