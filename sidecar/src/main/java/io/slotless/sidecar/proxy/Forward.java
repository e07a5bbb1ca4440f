package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that goes to one node, and whose reply goes to the client as it comes. */
class Forward extends Exchange implements Pending {

    private @Nullable ClientSession session;
    /** Where in the {@link Shelf} the reply begins; the rest, if it came in pieces, is in {@link #held}. */
    private int shelvedAt = Shelf.FULL;

    private int shelvedLength;
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
    void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        done = last;
        if (abandoned) {
            return;
        }
        ClientSession client = session();
        ReplyQueue replies = client.replies();
        if (!replies.isFirst(this)) {
            hold(client, buffer, offset, length);
            return;
        }
        replies.writeThrough(buffer, offset, length);
        if (last) {
            // Behind this the object may be another command already.
            replies.advance();
        } else if (from != null) {
            client.flow().fedBy(from);
        }
    }

    private void hold(ClientSession client, ByteBuf buffer, int offset, int length) {
        if (shelvedAt == Shelf.FULL && held == null) {
            shelvedAt = client.replies().shelf().put(client.allocator(), buffer, offset, length);
            if (shelvedAt != Shelf.FULL) {
                shelvedLength = length;
                return;
            }
        }
        if (held == null) {
            held = new HeldReply();
        }
        held.add(client.allocator(), buffer, offset, length);
    }

    @Override
    boolean takeBack() {
        if (!abandoned && session().replies().isFirst(this)) {
            session().breakOff();
            return false;
        }
        release();
        return true;
    }

    @Override
    void detour() {
        session().barrier();
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
        if (shelvedAt != Shelf.FULL) {
            session().replies().shelf().writeTo(out, shelvedAt, shelvedLength);
            shelvedAt = Shelf.FULL;
        }
        if (held != null) {
            held.writeTo(out);
        }
    }

    @Override
    public void leftQueue() {
        release();
    }

    private void release() {
        if (shelvedAt != Shelf.FULL) {
            session().replies().shelf().remove();
            shelvedAt = Shelf.FULL;
        }
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
