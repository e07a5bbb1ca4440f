package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.BatchedWriter;
import org.jspecify.annotations.Nullable;

/** A reply that is made here, but not at once. */
final class LaterReply implements Pending {

    private final ReplyQueue replies;
    private @Nullable ByteBuf reply;
    private boolean done;
    private boolean abandoned;

    LaterReply(ReplyQueue replies) {
        this.replies = replies;
    }

    /** Here it is; it is the caller's no more. */
    void complete(ByteBuf made) {
        done = true;
        if (abandoned) {
            made.release();
            return;
        }
        reply = made;
        replies.advance();
    }

    @Override
    public boolean isDone() {
        return done;
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
    public void abandon() {
        abandoned = true;
    }
}
