package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;

/** Makes connections that lead nowhere. */
public final class LooseConnection {

    private LooseConnection() {}

    public static UpstreamConnection to(Node node) {
        return new UpstreamConnection(node, UpstreamConnection.ConnectionEvents.NONE);
    }

    /** Whether it would not be read. */
    public static boolean isPaused(UpstreamConnection connection) {
        return connection.isPaused();
    }
}
