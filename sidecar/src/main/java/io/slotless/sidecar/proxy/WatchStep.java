package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** WATCH, which begins to bind the client to one connection. */
final class WatchStep extends TransactionStep {

    WatchStep(Transaction transaction, CommandFrame frame, int slot) {
        super(transaction, frame.buffer().slice(frame.offset(), frame.length()), slot, Replies.OK);
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (last) {
            transaction.watchAnswered(from != null && buffer.getByte(offset) == '+');
        }
        super.deliver(from, buffer, offset, length, last);
    }
}
