package io.slotless.sidecar.upstream;

import java.io.IOException;

/** There may be no more private connections; the message is the error that a client gets, without the leading minus. */
public final class ConnectionLimitException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionLimitException(int limit) {
        super("ERR slotless: " + limit + " connections to servers are in use by single clients, for blocking commands,"
                + " transactions and the like, and there may be no more (slotless.limits.private-connections)");
    }
}
