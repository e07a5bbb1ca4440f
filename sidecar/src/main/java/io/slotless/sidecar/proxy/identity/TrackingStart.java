package io.slotless.sidecar.proxy.identity;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.List;

/** A client begins to be tracked. Whatever comes of it, no connection is left that nobody will use. */
final class TrackingStart extends IdentityExchange {

    private final Client client;
    private final Reads reads;
    private int missing;

    /** What the client is told of. */
    enum Reads {
        /** What it has read. */
        OWN,
        /**
         * Everybody's: there is a connection to every primary before the client hears that all is well; one that fails is
         * made later.
         */
        ALL
    }

    TrackingStart(Client client, Identity identity, Reads reads) {
        super(client, identity);
        this.client = client;
        this.reads = reads;
    }

    @Override
    void became() {
        if (reads == Reads.OWN) {
            super.became();
            return;
        }
        List<UpstreamConnection> connections = backend.connections(identity);
        missing = connections.size();
        connections.forEach(each -> each.await(new Connected()));
    }

    @Override
    public void leftQueue() {
        super.leftQueue();
        // Refused, or the client has gone before it was done.
        ClientTracking.discard(client, backend, identity);
    }

    private void connected() {
        if (--missing == 0) {
            super.became();
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
