package io.slotless.sidecar.proxy.client;

import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** Keeps one client's memory bounded, both ways: told of what goes to servers for it, and of what comes. */
public interface ClientFlow {

    /** After a send. */
    void sentTo(@Nullable UpstreamConnection connection);

    /** A connection brings more of a reply: it pauses when the client is too far behind. */
    void fedBy(UpstreamConnection connection);

    /** Pushes of this connection had to wait, and so many bytes do now: it pauses when those are too many. */
    void pushedBy(UpstreamConnection connection, long waiting);

    /** Whether this connection waits for the client to read. */
    boolean isPaused(UpstreamConnection connection);
}
