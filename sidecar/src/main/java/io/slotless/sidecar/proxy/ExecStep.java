package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** EXEC. From when it was sent, the transaction may have run. */
final class ExecStep extends TransactionStep {

    private static final CommandFrame EXEC = CommandFrame.of("EXEC");

    private @Nullable HeldReply collected;
    private @Nullable ExecReply reply;

    ExecStep(Transaction transaction, int slot) {
        super(
                transaction,
                EXEC.buffer(),
                slot,
                Replies.nullArray(transaction.identity().protocol()));
    }

    @Override
    public void ready(UpstreamConnection connection) {
        transaction.enter(this, connection);
    }

    @Override
    protected void begin(UpstreamConnection connection) {
        transaction.catchUp(connection, transaction.log().size());
    }

    @Override
    ByteBuf whenSpoilt() {
        return Replies.EXECABORT;
    }

    @Override
    Executed mayHaveRun(Executed executed) {
        return transaction.log().readsOnly() ? Executed.NO : executed;
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (from == null || !transaction.log().hasEdits()) {
            if (last) {
                transaction.over(from);
            }
            super.deliver(from, buffer, offset, length, last);
            return;
        }
        if (collected == null) {
            collected = new HeldReply(session().share());
        }
        collected.add(session().allocator(), buffer, offset, length);
        if (last) {
            ByteBuf whole = collected.take(session().allocator());
            ExecReply made = ExecReply.of(session(), from.node(), whole, transaction.log());
            reply = made;
            whole.release();
            transaction.over(from);
            made.complete(this::completed);
        }
    }

    private void completed(ByteBuf whole) {
        super.deliver(null, whole, whole.readerIndex(), whole.readableBytes(), true);
        whole.release();
    }

    @Override
    public void abandon() {
        super.abandon();
        if (reply != null) {
            reply.abandon();
        }
    }

    @Override
    protected boolean takeBack() {
        if (collected != null) {
            collected.release();
            return true;
        }
        return super.takeBack();
    }
}
