package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that goes to one node, and whose reply goes to the client as it comes. */
class Forward extends Exchange implements Pending {

    private final ClientSession session;
    private @Nullable HeldReply held;
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

    public final ClientSession session() {
        return session;
    }

    @Override
    void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        done = last;
        if (abandoned) {
            return;
        }
        ReplyQueue replies = session.replies();
        if (replies.isFirst(this)) {
            replies.writeThrough(buffer, offset, length);
            if (last) {
                replies.advance();
            } else if (from != null) {
                session.flow().fedBy(from);
            }
        } else {
            if (held == null) {
                held = new HeldReply();
            }
            held.add(session.allocator(), buffer, offset, length);
        }
    }

    @Override
    boolean takeBack() {
        if (!abandoned && session.replies().isFirst(this)) {
            session.breakOff();
            return false;
        }
        leftQueue();
        return true;
    }

    @Override
    void detour() {
        session.barrier();
    }

    @Override
    boolean isWanted() {
        return !abandoned;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        if (held != null) {
            held.writeTo(out);
        }
    }

    @Override
    public void leftQueue() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        letGo();
    }
}
