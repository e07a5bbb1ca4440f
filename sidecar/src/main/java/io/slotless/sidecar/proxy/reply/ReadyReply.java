package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;

/** A reply that is there already and waits for its turn. */
public final class ReadyReply extends WholeReply {

    public ReadyReply(ByteBuf reply) {
        hold(reply);
    }

    @Override
    public boolean isDone() {
        return true;
    }
}
