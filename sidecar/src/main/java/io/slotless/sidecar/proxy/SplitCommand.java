package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.MergedReply;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.upstream.BatchedWriter;
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

    private int missing;
    private boolean abandoned;
    private boolean unusual;

    private SplitCommand(MergedReply merged) {
        this.merged = merged;
    }

    private void renew(ClientSession newSession, SplitPlan newPlan) {
        session = newSession;
        plan.copy(newPlan);
        missing = plan.parts();
        abandoned = false;
        replies.begin(newSession, missing);
    }

    /** Sends the parts, each to its node. */
    void send(CommandFrame whole) {
        ClientSession client = session();
        frame = whole;
        for (int part = 0; part < plan.parts(); part++) {
            int slot = plan.slot(part);
            if (part == parts.size()) {
                parts.add(new SplitPart(this, part, client, whole, slot));
            } else {
                parts.get(part).renew(client, whole, slot);
            }
            Dispatch.send(client, parts.get(part));
        }
        frame = null;
    }

    /**
     * Writes the command of a part.
     *
     * @param command the whole command
     */
    void write(int part, ByteBuf command, ByteSink out) {
        CommandFrame present = frame;
        if (present == null) {
            RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
            decoder.decode(command);
            present = decoder.frame();
        }
        plan.write(part, present, out);
    }

    /** A piece of the reply to a part. */
    void add(int part, ByteBuf buffer, int offset, int length, boolean last) {
        if (!abandoned) {
            replies.add(part, buffer, offset, length, last);
        }
        if (last && --missing == 0 && !abandoned) {
            // Behind this the object may be another command already.
            session().replies().advance();
        }
    }

    /** What there is of the reply to a part will come again. */
    void forget(int part) {
        replies.forget(part);
    }

    void detour() {
        unusual = true;
        session().barrier();
    }

    void becomeUnusual() {
        unusual = true;
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
        for (int part = 0; part < plan.parts(); part++) {
            parts.get(part).gone();
        }
    }

    private ClientSession session() {
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
                used.parts.forEach(SplitPart::retire);
                free.addLast(used);
            }
        }
    }
}
