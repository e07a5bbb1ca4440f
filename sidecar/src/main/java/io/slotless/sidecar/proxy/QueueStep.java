package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that is queued at the server, which says so, or why not. */
final class QueueStep extends TransactionStep {

    private final int position;

    /** @param position among the queued commands, which hold it already */
    QueueStep(Transaction transaction, int slot, int position) {
        super(transaction, transaction.log().command(position), slot, Replies.QUEUED);
        this.position = position;
    }

    @Override
    public void ready(UpstreamConnection connection) {
        transaction.enter(this, connection);
    }

    @Override
    protected void begin(UpstreamConnection connection) {
        transaction.catchUp(connection, position);
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (buffer.getByte(offset) == '-') {
            transaction.spoil();
        }
        super.deliver(from, buffer, offset, length, last);
    }
}
