package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;

/**
 * A client wants to be somebody else upstream (AUTH, SELECT): a connection with that identity proves that it may. The
 * handshake's own error is the reply when it may not.
 */
class IdentityExchange extends Collected {

    IdentityExchange(ClientSession session, Identity identity) {
        super(
                session,
                identity,
                Unpooled.EMPTY_BUFFER,
                session.backend().owners().any());
    }

    @Override
    public final void ready(UpstreamConnection connection) {
        session.identity().become(identity);
        became();
    }

    /** The client is it now. */
    void became() {
        settle(Replies.OK);
    }

    @Override
    final ByteBuf transform(ByteBuf reply) {
        return reply.retain();
    }
}
