package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;

/** A message that is too large to be held: it goes to the client as it comes, and the replies in line wait for its end. */
final class StreamedPush implements Pending {

    private final Client client;
    private boolean done;
    private boolean abandoned;

    /** Begins; the client must not have seen the beginning of a reply. */
    StreamedPush(Client client) {
        this.client = client;
        client.replies().addFirst(this);
    }

    /** A piece, which stays the caller's. */
    void piece(UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (abandoned) {
            return;
        }
        client.replies().pushThrough(buffer, offset, length);
        client.flow().fedBy(from);
        if (last) {
            done = true;
            client.replies().advance();
        }
    }

    /** Whether the client has gone. */
    boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        // All is written through.
    }

    @Override
    public void leftQueue() {}

    @Override
    public void abandon() {
        abandoned = true;
    }
}
