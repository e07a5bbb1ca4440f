package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.MergedReply;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command with keys in several slots: its parts on their way, and the one reply that is made of theirs when it is its
 * turn. As long as nothing unusual happens to any part, object and parts serve the next such command.
 */
final class SplitCommand implements Pending {

    private final MergedReply merged;
    private final SplitPlan plan = new SplitPlan();
    /** As many as any command so far had. */
    private final List<SplitPart> parts = new ArrayList<>();

    private final HeldParts replies = new HeldParts();
    private @Nullable ClientSession session;
    /** While the parts go out for the first time. */
    private @Nullable CommandFrame frame;

    /** The whole command; retained until all replies are there. */
    private ByteBuf request = Unpooled.EMPTY_BUFFER;

    private int offset;
    private int length;
    private @Nullable Identity identity;

    private int missing;
    private boolean abandoned;
    private boolean unusual;

    private SplitCommand(MergedReply merged) {
        this.merged = merged;
    }

    private void renew(ClientSession newSession, SplitPlan newPlan) {
        session = newSession;
        identity = newSession.identity().upstream();
        plan.copy(newPlan);
        missing = plan.parts();
        abandoned = false;
        replies.begin(newSession, missing);
    }

    /** Sends the parts, each to its node. */
    void send(CommandFrame whole) {
        ClientSession client = session();
        Identity by = by();
        request = whole.buffer().retain();
        offset = whole.offset();
        length = whole.length();
        frame = whole;
        for (int part = 0; part < plan.parts(); part++) {
            if (part == parts.size()) {
                parts.add(new SplitPart(this, part));
            }
            UpstreamConnection connection = client.backend().shared(plan.slot(part), by);
            parts.get(part).send(connection);
            client.flow().sentTo(connection);
        }
        frame = null;
    }

    /** Writes the command of a part. */
    void write(int part, ByteSink out) {
        CommandFrame present = frame;
        if (present == null) {
            throw new IllegalStateException("sent already");
        }
        plan.write(part, present, out);
    }

    /** Writes the command of a part another time. */
    void write(int part, ByteBuf whole, ByteSink out) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        decoder.decode(whole);
        plan.write(part, decoder.frame(), out);
    }

    /** What a part becomes that cannot go the straight way. */
    SplitExchange exchange(int part) {
        unusual = true;
        return new SplitExchange(this, part, by(), request, offset, length, plan.slot(part));
    }

    /** A piece of the reply to a part. */
    void add(int part, ByteBuf buffer, int offset, int length, boolean last) {
        if (!abandoned) {
            replies.add(part, buffer, offset, length, last);
        }
        if (last && --missing == 0 && !abandoned) {
            release();
            // Behind this the object may be another command already.
            session().replies().advance();
        }
    }

    /** What there is of the reply to a part will come again. */
    void forget(int part) {
        replies.forget(part);
    }

    boolean isWanted() {
        return !abandoned;
    }

    @Override
    public boolean isDone() {
        return missing == 0;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        if (missing > 0) {
            return;
        }
        int refused = replies.firstError();
        if (refused >= 0) {
            out.write(replies.buffer(refused), replies.start(refused), replies.length(refused));
            return;
        }
        try {
            merged.write(plan, replies, out);
        } catch (IllegalStateException e) {
            // A node that says what cannot be understood spoils this reply only.
            out.writeAndRelease(Replies.error("ERR slotless: unexpected reply of a node: " + e.getMessage()));
        }
    }

    @Override
    public void leftQueue() {
        replies.release();
        // Who has left before the replies came is still awaited by connections.
        if (missing == 0 && !unusual) {
            Pool pool = session().backend().splits();
            session = null;
            pool.giveBack(this);
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        release();
        for (int part = 0; part < plan.parts(); part++) {
            parts.get(part).gone();
        }
    }

    private void release() {
        request.release();
        request = Unpooled.EMPTY_BUFFER;
    }

    private Identity by() {
        Identity present = identity;
        if (present == null) {
            throw new IllegalStateException("nobody's command");
        }
        return present;
    }

    ClientSession session() {
        ClientSession present = session;
        if (present == null) {
            throw new IllegalStateException("nobody's command");
        }
        return present;
    }

    /** Those of one backend that have done their work. Used on its event loop only. */
    static final class Pool {

        /** As many as wait for their replies at one moment on a busy event loop. */
        private static final int KEPT = 1024;
        /** One with more parts is not kept. */
        private static final int KEPT_PARTS = 32;

        private final MergedReply merged = new MergedReply();
        private final ArrayDeque<SplitCommand> free = new ArrayDeque<>();

        SplitCommand take(ClientSession session, SplitPlan plan) {
            @Nullable SplitCommand used = free.pollLast();
            SplitCommand command = used == null ? new SplitCommand(merged) : used;
            command.renew(session, plan);
            return command;
        }

        private void giveBack(SplitCommand used) {
            if (free.size() < KEPT && used.parts.size() <= KEPT_PARTS) {
                free.addLast(used);
            }
        }
    }
}
