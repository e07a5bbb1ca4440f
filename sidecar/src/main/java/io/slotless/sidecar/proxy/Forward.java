package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that goes to one node, and whose reply goes to the client as it comes. */
class Forward extends Exchange implements Pending {

    private @Nullable ClientSession session;
    private final KeptReply kept = new KeptReply();
    private boolean done;
    private boolean abandoned;

    Forward(ClientSession session, Identity identity, CommandFrame frame, int slot) {
        this(session, identity, frame.buffer(), frame.offset(), frame.length(), slot);
    }

    /** @param request holds the command; retained here until the exchange is over */
    Forward(ClientSession session, Identity identity, ByteBuf request, int offset, int length, int slot) {
        super(session.backend(), identity, request, offset, length, slot);
        this.session = session;
    }

    /** As {@link Exchange#renew}; the client is the session's. */
    final void renew(ClientSession newSession, CommandFrame frame, int slot) {
        renew(newSession.identity().upstream(), frame.buffer(), frame.offset(), frame.length(), slot);
        session = newSession;
        done = false;
        abandoned = false;
    }

    /** As {@link Exchange#retire}. */
    final void leaveSession() {
        retire();
        session = null;
    }

    public final ClientSession session() {
        ClientSession present = session;
        if (present == null) {
            throw new IllegalStateException("nobody's command");
        }
        return present;
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        done = last;
        if (abandoned) {
            return;
        }
        ClientSession client = session();
        ReplyQueue replies = client.replies();
        if (!replies.isFirst(this)) {
            kept.add(client, from, buffer, offset, length, last);
            return;
        }
        replies.writeThrough(buffer, offset, length);
        if (last) {
            // Behind this the object may be another command already.
            replies.advance();
        }
        if (from != null && (!last || client.flow().isBehind())) {
            client.flow().fedBy(from);
        }
    }

    @Override
    protected boolean takeBack() {
        if (!abandoned && session().replies().isFirst(this)) {
            session().breakOff();
            return false;
        }
        kept.release(session());
        return true;
    }

    @Override
    protected void detour() {
        session().barrier();
    }

    @Override
    protected boolean isWanted() {
        return !abandoned;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        kept.writeTo(out, session());
    }

    @Override
    public void leftQueue() {
        kept.release(session());
    }

    @Override
    public void abandon() {
        abandoned = true;
        letGo();
    }
}
