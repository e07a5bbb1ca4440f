package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Verdict;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A command between WATCH and MULTI, on keys of the slot that is watched: on the same connection, so that the server
 * sees it between the two. When that connection turns out to be the wrong one, the watch is lost, not the command.
 */
final class BesideStep extends Forward {

    private final Transaction transaction;

    BesideStep(Transaction transaction, CommandFrame frame, int slot) {
        super(transaction.session(), transaction.identity(), frame, slot);
        this.transaction = transaction;
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        transaction.checkLine();
        TransactionLine line = transaction.line();
        return redirected == null && line != null ? line.connection() : super.connection(redirected);
    }

    @Override
    protected void begin(UpstreamConnection connection) {
        TransactionLine line = transaction.lineOn(connection);
        if (line != null && line.isAsking()) {
            ask(connection);
        } else {
            super.begin(connection);
        }
    }

    @Override
    protected void judge(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        if (transaction.lineOn(from) != null
                && !(Verdict.of(buffer, offset, length, from.node()) instanceof Verdict.Deliver)) {
            transaction.lose();
        }
        super.judge(from, buffer, offset, length);
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        if (transaction.lineOn(from) != null) {
            transaction.lose();
        }
        super.failed(from, cause, executed);
    }
}
