package io.slotless.sidecar.proxy;

import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.backend.BackendListener;

/**
 * What happens in the data path, for metrics and logs: only rare events; for counts per command see
 * {@link RedisProxy#traffic}. Called on event loops: an implementation must not block or throw.
 */
public interface ProxyListener extends BackendListener {

    /** Listens to nothing. */
    ProxyListener NONE = new ProxyListener() {};

    /** A client connected. */
    default void clientConnected(String host) {}

    /** A client's connection ended. */
    default void clientDisconnected(String host) {}

    /** A client sent what is not RESP, and was closed with {@code message}. */
    default void protocolError(String host, String message) {}

    /** A client's large command has to wait for room in memory. */
    default void requestHeldBack(String host) {}

    /** A client was disconnected: replies for it took so many bytes where there was no room for those of all. */
    default void clientEvicted(String host, long bytes) {}

    /** A changed topology is in use. */
    default void topologyChanged(String host, int shards, int nodes) {}

    /** The topology could not be read from any node. */
    default void topologyFailed(String host, Throwable cause) {}

    /** A new configuration is in use for new commands. */
    default void reconfigured(String host, Mode mode) {}
}
