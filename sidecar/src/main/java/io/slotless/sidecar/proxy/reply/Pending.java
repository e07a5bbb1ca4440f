package io.slotless.sidecar.proxy.reply;

import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.Set;

/** A reply that a client waits for, in its place among the client's other replies. */
public interface Pending extends UpstreamConnection.Waiting {

    /** Whether the reply is all there. */
    boolean isDone();

    /** Writes what is there of the reply and not yet written; called when it is this reply's turn. */
    void writeTo(BatchedWriter out);

    /** The reply was written to its end, or nobody wants it any more; let go of everything that is held for it. */
    void leftQueue();

    /** The client has gone. */
    void abandon();

    /** As far as can be told: who does not know for what it waits, waits for everything. */
    @Override
    default boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
        return true;
    }
}
