package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Node;
import io.vertx.core.net.SocketAddress;

/**
 * A client's connection, as both ends know it.
 *
 * @param id unique among all clients, higher for later ones
 * @param remote the client's end
 * @param local our end: where the client has reached us
 * @param sinceMillis when it came, by the wall clock
 */
record Peer(long id, Node remote, Node local, long sinceMillis) {

    static Peer of(long id, SocketAddress remote, SocketAddress local, long nowMillis) {
        return new Peer(id, node(remote), node(local), nowMillis);
    }

    private static Node node(SocketAddress address) {
        String host = address.hostAddress();
        return new Node(host == null ? address.host() : host, address.port());
    }
}
