package io.slotless.sidecar.proxy;

import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one client's memory bounded, both ways: no commands while a server does not take them, no replies beyond a limit
 * while the client does not read them.
 */
final class FlowControl {

    private final ClientHandler handler;
    private final BatchedWriter out;
    private final long maxBuffered;
    private final Runnable cleared;
    /** As a rule there is none. */
    private List<UpstreamConnection> paused = List.of();

    private @Nullable UpstreamConnection congested;

    /** @param cleared called when commands may flow again */
    FlowControl(ClientHandler handler, BatchedWriter out, long maxBuffered, Runnable cleared) {
        this.handler = handler;
        this.out = out;
        this.maxBuffered = maxBuffered;
        this.cleared = cleared;
    }

    /** Whether both sides take what they are sent. */
    boolean isClear() {
        return congested == null && handler.isWritable();
    }

    /** After a send. */
    void sentTo(@Nullable UpstreamConnection connection) {
        if (connection != null && congested == null && !connection.isWritable()) {
            congested = connection;
            connection.whenWritable(() -> {
                congested = null;
                cleared.run();
            });
        }
    }

    /** A connection brings more of a reply: it pauses when the client is too far behind. */
    void fedBy(UpstreamConnection connection) {
        if (!handler.isWritable() && out.pending() > maxBuffered && !paused.contains(connection)) {
            pause(connection);
        }
    }

    /** Whether this connection waits for the client to read. */
    boolean isPaused(UpstreamConnection connection) {
        return paused.contains(connection);
    }

    /** Pushes of this connection had to wait, and so many bytes do now: it pauses when those are too many. */
    void pushedBy(UpstreamConnection connection, long waiting) {
        fedBy(connection);
        if (waiting > maxBuffered && !paused.contains(connection)) {
            pause(connection);
        }
    }

    /** Replies have left, and pushes behind them. */
    void progressed() {
        if (!paused.isEmpty() && handler.isWritable()) {
            release();
        }
    }

    void clientWritabilityChanged() {
        if (handler.isWritable()) {
            release();
            cleared.run();
        }
    }

    /** Lets go of everything that is paused. */
    void release() {
        List<UpstreamConnection> resumed = paused;
        paused = List.of();
        resumed.forEach(UpstreamConnection::resumeReading);
    }

    private void pause(UpstreamConnection connection) {
        if (paused.isEmpty()) {
            paused = new ArrayList<>(1);
        }
        paused.add(connection);
        connection.pauseReading();
    }
}
