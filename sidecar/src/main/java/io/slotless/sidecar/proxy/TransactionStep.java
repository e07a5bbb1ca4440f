package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Verdict;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A command of a transaction, on the transaction's connection. Until EXEC nothing has happened: when that connection
 * turns out to be the wrong one, or is lost, the whole transaction is queued at the right one, and the client sees
 * nothing of it. But what was watched is then not watched any more, so EXEC will run nothing.
 */
abstract class TransactionStep extends Forward {

    private static final String LOST = "ERR slotless: the node was lost during a transaction";

    final Transaction transaction;
    private final ByteBuf whenLost;

    /** @param whenLost the reply when what was watched is lost */
    TransactionStep(Transaction transaction, ByteBuf command, int slot, ByteBuf whenLost) {
        super(
                transaction.session(),
                transaction.identity(),
                command,
                command.readerIndex(),
                command.readableBytes(),
                slot);
        this.transaction = transaction;
        this.whenLost = whenLost;
    }

    /** Sends it, on a connection that has come so far. */
    void send(UpstreamConnection connection) {
        super.ready(connection);
    }

    /** The reply when the transaction is known to be spoilt before it was sent. */
    ByteBuf whenSpoilt() {
        return whenLost;
    }

    /** Whether the server may have done more than to queue it. */
    Executed mayHaveRun(Executed executed) {
        return Executed.NO;
    }

    @Override
    public final void dispatch() {
        transaction.checkLine();
        switch (transaction.prospect()) {
            case GOOD -> super.dispatch();
            case LOST -> settle(whenLost);
            case SPOILT -> settle(whenSpoilt());
        }
    }

    @Override
    protected final @Nullable UpstreamConnection connection(@Nullable Node redirected) {
        return transaction.connect(slot(), redirected, isAsking());
    }

    @Override
    protected final void judge(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        TransactionLine line = transaction.lineOn(from);
        ByteBuf trouble = line == null ? null : line.trouble();
        if (line == null) {
            startOver(buffer.toString(offset + 1, length - 3, StandardCharsets.UTF_8));
        } else if (trouble == null) {
            judgeHere(from, buffer, offset, length);
        } else {
            judgeHere(from, trouble, 0, trouble.readableBytes());
        }
    }

    private void judgeHere(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        if (Verdict.of(buffer, offset, length, from.node()) instanceof Verdict.Deliver) {
            super.judge(from, buffer, offset, length);
        } else if (transaction.hasWatched()) {
            transaction.lose();
            settle(whenLost);
        } else {
            transaction.leaveLine();
            super.judge(from, buffer, offset, length);
        }
    }

    @Override
    public final void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        Executed ran = mayHaveRun(executed);
        TransactionLine line = transaction.lineOn(from);
        if (!isWanted() || ran == Executed.MAYBE) {
            super.failed(from, cause, ran);
        } else if (line == null) {
            startOver(LOST);
        } else if (transaction.hasWatched()) {
            transaction.lose();
            settle(whenLost);
        } else {
            transaction.leaveLine();
            super.failed(from, cause, ran);
        }
    }

    /** The transaction has left the connection that this was sent on, because of a command before this one. */
    private void startOver(String error) {
        if (transaction.hasLine() || !transaction.isGood()) {
            sendAgain(error);
        } else {
            restThenSendAgain(error);
        }
    }
}
