package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.WholeReply;

/** A reply that is made here, but not at once. */
final class LaterReply extends WholeReply {

    private final ReplyQueue replies;
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
        hold(made);
        replies.advance();
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void abandon() {
        abandoned = true;
    }
}
