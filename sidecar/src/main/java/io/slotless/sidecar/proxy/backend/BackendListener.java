package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.cluster.Node;

/** What happens between a backend and its nodes. Called on event loops: an implementation must not block or throw. */
public interface BackendListener {

    /** A node answered with a redirection. */
    default void redirected(String host, RedirectKind kind) {}

    /** A command was sent again, because a node was away or not ready for it. */
    default void retried(String host) {}

    /** A connection to a node is ready for commands. */
    default void upstreamConnected(String host, Node node) {}

    /** A connection to a node, or the attempt to make one, ended. */
    default void upstreamDisconnected(String host, Node node, Throwable cause) {}
}
