package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A message published by a client that is itself subscribed to something: it gets its message first, if it is one for it,
 * and then the reply, as from a server where both are on one connection.
 */
final class OwnMessage extends Forward {

    private final HeldReply reply;

    OwnMessage(ClientSession session, CommandFrame frame, int slot) {
        super(session, session.identity().upstream(), frame, slot);
        reply = new HeldReply(session.share());
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        reply.add(session().allocator(), buffer, offset, length);
        if (!last) {
            return;
        }
        ByteBuf whole = reply.take(session().allocator());
        Runnable deliver = () -> {
            super.deliver(null, whole, whole.readerIndex(), whole.readableBytes(), true);
            whole.release();
        };
        if (from == null) {
            deliver.run();
        } else {
            session().subscriptions().afterMessages(from.node(), deliver);
        }
    }

    @Override
    protected boolean takeBack() {
        reply.release();
        return true;
    }
}
