package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.BatchedWriter;
import org.jspecify.annotations.Nullable;

/** A reply that is there already and waits for its turn. */
final class ReadyReply implements Pending {

    private @Nullable ByteBuf reply;

    ReadyReply(ByteBuf reply) {
        this.reply = reply;
    }

    /** The reply, which is the caller's now; null when it was written already. */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = reply;
        reply = null;
        return taken;
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        if (reply != null) {
            out.writeAndRelease(reply);
            reply = null;
        }
    }

    @Override
    public void leftQueue() {
        if (reply != null) {
            reply.release();
            reply = null;
        }
    }

    @Override
    public void abandon() {}
}
