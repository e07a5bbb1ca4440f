package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.client.ClientFlow;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one client's memory bounded, both ways: no commands while a server does not take them, no replies beyond a limit
 * while the client does not read them, and none to hold while it has much already.
 */
final class FlowControl implements ClientFlow {

    private final ClientHandler handler;
    private final BatchedWriter out;
    private final long maxBuffered;
    private final ReplyBudget.Share share;
    private final HeldUp heldUp;
    private final Runnable cleared;
    /** Those that wait for the client to read; as a rule there is none. */
    private List<UpstreamConnection> paused = List.of();

    private @Nullable UpstreamConnection congested;
    /** The client does not read as fast as it is written to. */
    private boolean behind;

    /**
     * @param share what this client has of the memory for replies
     * @param cleared called when commands may flow again
     */
    FlowControl(
            ClientHandler handler,
            BatchedWriter out,
            long maxBuffered,
            ReplyBudget.Share share,
            HeldUp heldUp,
            Runnable cleared) {
        this.handler = handler;
        this.out = out;
        this.maxBuffered = maxBuffered;
        this.share = share;
        this.heldUp = heldUp;
        this.cleared = cleared;
    }

    /** Whether both sides take what they are sent, and there is room for what they send. */
    boolean isClear() {
        return congested == null && handler.isWritable() && !share.isMuch();
    }

    /** After a send. */
    @Override
    public void sentTo(@Nullable UpstreamConnection connection) {
        if (connection != null && congested == null && !connection.isWritable()) {
            congested = connection;
            connection.whenWritable(() -> {
                congested = null;
                cleared.run();
            });
        }
    }

    /** Whether the client does not read as fast as it is written to. */
    boolean isBehind() {
        return behind;
    }

    /** A connection brings more of a reply: it pauses when the client is too far behind. */
    @Override
    public void fedBy(UpstreamConnection connection) {
        if (!handler.isWritable()) {
            long pending = out.pending();
            share.unsent(pending);
            if ((pending > maxBuffered || share.isMuch()) && !paused.contains(connection)) {
                pause(connection);
            }
        }
    }

    /** What a connection brings has to be held: it pauses when that is too much already. */
    void heldFrom(@Nullable UpstreamConnection connection) {
        if (connection != null && share.isMuch()) {
            heldUp.add(connection);
        }
    }

    /** Whether this connection waits for the client to read. */
    @Override
    public boolean isPaused(UpstreamConnection connection) {
        return paused.contains(connection);
    }

    /** Pushes of this connection had to wait, and so many bytes do now: it pauses when those are too many. */
    @Override
    public void pushedBy(UpstreamConnection connection, long waiting) {
        fedBy(connection);
        if (waiting > maxBuffered && !paused.contains(connection)) {
            pause(connection);
        }
    }

    /** Replies have left, and pushes behind them; or the first in line waits for another connection than before. */
    void progressed() {
        if (behind) {
            share.unsent(out.pending());
        }
        if (!paused.isEmpty() && handler.isWritable()) {
            release();
        }
        if (!heldUp.isEmpty()) {
            heldUp.reconsider(share.isMuch());
        }
    }

    void clientWritabilityChanged() {
        behind = !handler.isWritable();
        share.unsent(behind ? out.pending() : 0);
        if (!behind) {
            release();
            cleared.run();
        }
    }

    /** The client has gone. */
    void end() {
        release();
        heldUp.release();
        share.close();
    }

    /** Lets go of everything that waits for the client to read. */
    private void release() {
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
