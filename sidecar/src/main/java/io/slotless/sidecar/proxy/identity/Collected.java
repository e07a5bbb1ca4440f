package io.slotless.sidecar.proxy.identity;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command whose reply is needed whole, because it is changed, or acted upon, before the client gets it. */
public abstract class Collected extends Exchange implements Pending {

    private final Client client;
    private final HeldReply held;
    private boolean done;
    private boolean abandoned;

    public Collected(Client client, Identity identity, ByteBuf request, int slot) {
        super(client.backend(), identity, request, request.readerIndex(), request.readableBytes(), slot);
        this.client = client;
        this.held = client.hold();
    }

    /** Makes the client's reply of the server's; the result is released by the caller, {@code reply} is not touched. */
    protected abstract ByteBuf transform(ByteBuf reply);

    @Override
    protected final void deliver(
            @Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (abandoned) {
            done = last;
            return;
        }
        held.add(client.allocator(), buffer, offset, length);
        if (last) {
            ByteBuf reply = held.take(client.allocator());
            held.add(transform(reply));
            reply.release();
            done = true;
            client.replies().advance();
        }
    }

    @Override
    protected final boolean takeBack() {
        held.release();
        return true;
    }

    @Override
    protected final void detour() {
        client.barrier();
    }

    @Override
    protected final boolean isWanted() {
        return !abandoned;
    }

    @Override
    public final boolean isDone() {
        return done;
    }

    @Override
    public final void writeTo(BatchedWriter out) {
        if (done) {
            held.writeTo(out);
        }
    }

    @Override
    public void leftQueue() {
        held.release();
    }

    @Override
    public final void abandon() {
        abandoned = true;
        letGo();
    }
}
