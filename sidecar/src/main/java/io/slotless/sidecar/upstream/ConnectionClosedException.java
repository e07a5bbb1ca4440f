package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import java.io.IOException;

/** The connection to a node was closed. */
public final class ConnectionClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionClosedException(Node node) {
        super("the connection to " + node + " was closed");
    }

    /** The cause is for logs; a client is told the same plain words. */
    ConnectionClosedException(Node node, Throwable cause) {
        super("the connection to " + node + " was closed", cause);
    }
}
