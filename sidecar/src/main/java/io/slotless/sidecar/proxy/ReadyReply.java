package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;

/** A reply that is there already and waits for its turn. */
final class ReadyReply extends WholeReply {

    ReadyReply(ByteBuf reply) {
        hold(reply);
    }

    @Override
    public boolean isDone() {
        return true;
    }
}
