package io.slotless.sidecar.proxy.identity;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;

/**
 * A client wants to be somebody else upstream (AUTH, SELECT): a connection with that identity proves that it may. The
 * handshake's own error is the reply when it may not.
 */
public class IdentityExchange extends Collected {

    private final Client client;

    public IdentityExchange(Client client, Identity identity) {
        super(client, identity, Unpooled.EMPTY_BUFFER, client.backend().owners().any());
        this.client = client;
    }

    @Override
    public final void ready(UpstreamConnection connection) {
        client.identity().become(identity);
        became();
    }

    /** The client is it now. */
    void became() {
        settle(Replies.OK);
    }

    @Override
    protected final ByteBuf transform(ByteBuf reply) {
        return reply.retain();
    }
}
