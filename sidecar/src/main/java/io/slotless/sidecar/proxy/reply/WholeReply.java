package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.BatchedWriter;
import org.jspecify.annotations.Nullable;

/** A reply that is made here, in one piece. */
public abstract class WholeReply implements Pending {

    private @Nullable ByteBuf reply;

    /** Here it is; it is the caller's no more. */
    protected final void hold(ByteBuf made) {
        reply = made;
    }

    /** The reply, which is the caller's now; null when it was not made yet, or written already. */
    public final @Nullable ByteBuf take() {
        ByteBuf taken = reply;
        reply = null;
        return taken;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        ByteBuf taken = take();
        if (taken != null) {
            out.writeAndRelease(taken);
        }
    }

    @Override
    public final void leftQueue() {
        ByteBuf taken = take();
        if (taken != null) {
            taken.release();
        }
    }

    @Override
    public void abandon() {}
}
