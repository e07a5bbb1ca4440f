package io.slotless.sidecar.proxy.identity;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.upstream.BatchedWriter;

/** Invalidations that wait for the replies before them. Too many of them become one, of all keys. */
final class WaitingInvalidations implements Pending {

    /** In bytes. */
    private static final int MOST = 64 * 1024;

    private final HeldReply frames = new HeldReply();
    private int bytes;

    /** Adds a whole frame; its bytes stay the caller's. */
    void add(ByteBufAllocator allocator, ByteBuf frame, int offset, int length) {
        if (bytes > MOST) {
            return;
        }
        bytes += length;
        if (bytes > MOST) {
            frames.release();
            frames.add(Replies.INVALIDATE_ALL.duplicate());
        } else {
            frames.add(allocator, frame, offset, length);
        }
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        // As any push it is heard by who has turned replies off.
        boolean muted = out.mute(false);
        frames.writeTo(out);
        out.mute(muted);
    }

    @Override
    public void leftQueue() {
        frames.release();
    }

    @Override
    public void abandon() {}
}
