package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.List;

/**
 * A client begins to be tracked: a connection of its own proves that it may. With BCAST there is one to every primary before
 * the client hears that all is well; one that fails is made later.
 */
final class TrackingStart extends Collected {

    private final boolean everywhere;
    private int missing;

    TrackingStart(ClientSession session, Identity identity, boolean everywhere) {
        super(
                session,
                identity,
                Unpooled.EMPTY_BUFFER,
                session.backend().owners().any());
        this.everywhere = everywhere;
    }

    @Override
    public void ready(UpstreamConnection connection) {
        session.identity().become(identity);
        List<UpstreamConnection> connections = everywhere ? backend.connections(identity) : List.of(connection);
        missing = connections.size();
        connections.forEach(each -> each.await(new Connected()));
    }

    @Override
    ByteBuf transform(ByteBuf reply) {
        return reply.retain();
    }

    private void connected() {
        if (--missing == 0) {
            settle(Replies.OK);
        }
    }

    private final class Connected implements ReplyReceiver {

        @Override
        public void ready(UpstreamConnection ignored) {
            connected();
        }

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {}

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
            connected();
        }
    }
}
