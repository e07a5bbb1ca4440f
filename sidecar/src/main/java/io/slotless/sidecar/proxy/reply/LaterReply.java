package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;

/** A reply that is made here, but not at once. */
public final class LaterReply extends WholeReply {

    private final ReplyLine replies;
    private boolean done;
    private boolean abandoned;

    public LaterReply(ReplyLine replies) {
        this.replies = replies;
    }

    /** Here it is; it is the caller's no more. */
    public void complete(ByteBuf made) {
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
