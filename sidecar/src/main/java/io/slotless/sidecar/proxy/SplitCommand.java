package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.MergedReply;
import io.slotless.sidecar.routing.PartReplies;
import io.slotless.sidecar.routing.SplitMerge;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command with keys in several slots: its parts on their way, and the one reply that is made of theirs when it is its
 * turn. As long as nothing unusual happens to any part, object and parts serve the next such command.
 */
final class SplitCommand implements Pending, PartReplies {

    private final MergedReply merged;
    private final SplitPlan plan = new SplitPlan();
    /** As many as any command so far had. */
    private SplitPart[] parts = new SplitPart[0];

    private @Nullable ClientSession session;
    /** While the parts go out for the first time: the client's command, and the router's plan of it. */
    private @Nullable CommandFrame frame;

    private @Nullable SplitPlan full;

    /** The whole command; retained until all replies are there. */
    private ByteBuf request = Unpooled.EMPTY_BUFFER;

    private int offset;
    private int length;
    private @Nullable Identity identity;

    private int missing;
    private boolean abandoned;
    private boolean unusual;
    /** Writes the reply while it comes; null as long as there is room to hold it until it is all there. */
    private @Nullable StreamedElements stream;
    /** The client has seen a beginning that has no end. */
    private boolean broken;

    private SplitCommand(MergedReply merged) {
        this.merged = merged;
    }

    private void renew(ClientSession newSession, SplitPlan newPlan) {
        session = newSession;
        identity = newSession.identity().upstream();
        plan.copy(newPlan);
        missing = plan.parts();
        abandoned = false;
    }

    /** Sends the parts, each to its node. */
    void send(CommandFrame whole, SplitPlan sent) {
        ClientSession client = session();
        Identity by = by();
        request = whole.buffer().retain();
        offset = whole.offset();
        length = whole.length();
        frame = whole;
        full = sent;
        makeParts();
        for (int part = 0; part < sent.parts(); part++) {
            int slot = sent.slot(part);
            UpstreamConnection connection = client.backend().shared(slot, by);
            parts[part].send(connection, slot);
            client.flow().sentTo(connection);
        }
        frame = null;
        full = null;
    }

    private void makeParts() {
        int made = parts.length;
        if (made < plan.parts()) {
            parts = Arrays.copyOf(parts, plan.parts());
            for (int part = made; part < parts.length; part++) {
                parts[part] = new SplitPart(this, part);
            }
        }
    }

    /** Writes the command of a part, while they are sent for the first time. */
    void write(int part, ByteSink out) {
        CommandFrame whole = frame;
        SplitPlan sent = full;
        if (whole == null || sent == null) {
            throw new IllegalStateException("sent already");
        }
        sent.write(part, whole, out);
    }

    /** Writes the command of a part another time. */
    void rewrite(int part, ByteBuf whole, ByteSink out) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        decoder.decode(whole);
        plan.write(part, decoder.frame(), out);
    }

    /** What a part becomes that cannot go the straight way. */
    SplitExchange exchange(SplitPart straight, int part, int slot) {
        unusual = true;
        return new SplitExchange(this, straight, part, by(), request, offset, length, slot);
    }

    /**
     * A piece of the reply to a part.
     *
     * @param connection where it comes from; null when it was made here
     */
    void add(
            SplitPart part,
            int number,
            @Nullable UpstreamConnection connection,
            ByteBuf buffer,
            int from,
            int size,
            boolean last) {
        if (last) {
            part.completed();
            missing--;
        }
        if (abandoned || broken) {
            return;
        }
        if (missing == 0) {
            release();
        }
        if (stream != null) {
            stream.add(number, buffer, from, size);
            goOn(connection);
            return;
        }
        part.keep(session(), connection, buffer, from, size, last);
        if (missing == 0) {
            // Behind this the object may be another command already.
            session().replies().advance();
        } else if (!last && isTooMuch()) {
            stream();
            goOn(connection);
        }
    }

    /** Whether what has come must not wait for the rest. */
    private boolean isTooMuch() {
        if (!session().share().isMuch()
                || plan.merge() != SplitMerge.ELEMENTS
                || !session().replies().isFirst(this)) {
            return false;
        }
        for (int part = 0; part < plan.parts(); part++) {
            if (parts[part].isComplete() && isError(part)) {
                return false;
            }
        }
        return true;
    }

    /** From now on the client gets the elements as they come: an error in place of the rest cannot be its reply any more. */
    private void stream() {
        unusual = true;
        HeldReply[] held = new HeldReply[plan.parts()];
        for (int part = 0; part < held.length; part++) {
            held[part] = parts[part].kept().handOver(session());
        }
        stream = new StreamedElements(session().allocator(), plan, held);
    }

    private void goOn(@Nullable UpstreamConnection connection) {
        ClientSession client = session();
        client.replies().advance();
        if (connection != null && !isDone()) {
            client.flow().fedBy(connection);
            client.flow().heldFrom(connection);
        }
        client.flow().progressed();
    }

    /** What has come of the reply to a part will come again, or an error in its place. Returns false when it was passed on. */
    boolean takeBack(SplitPart part, int number) {
        if (stream == null) {
            part.forget();
            return true;
        }
        if (!stream.isWritten(number)) {
            stream.forget(number);
            return true;
        }
        breakOff();
        return false;
    }

    private void breakOff() {
        if (!broken && !abandoned) {
            broken = true;
            session().breakOff();
        }
    }

    boolean isWanted() {
        return !abandoned && !broken;
    }

    @Override
    public boolean isDone() {
        return missing == 0 && !broken;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        if (stream != null) {
            writeTo(out, stream);
            return;
        }
        if (missing > 0) {
            return;
        }
        for (int part = 0; part < plan.parts(); part++) {
            if (isError(part)) {
                out.write(buffer(part), start(part), length(part));
                return;
            }
        }
        try {
            merged.write(plan, this, out);
        } catch (IllegalStateException e) {
            // A node that says what cannot be understood spoils this reply only.
            out.writeAndRelease(Replies.error("ERR slotless: unexpected reply of a node: " + e.getMessage()));
        }
    }

    private void writeTo(BatchedWriter out, StreamedElements elements) {
        try {
            if (!broken) {
                elements.writeTo(out);
            }
        } catch (IllegalStateException e) {
            breakOff();
        }
    }

    private boolean isError(int part) {
        byte type = buffer(part).getByte(start(part));
        return type == '-' || type == '!';
    }

    @Override
    public boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
        for (int part = 0; part < plan.parts(); part++) {
            UpstreamConnection from = parts[part].connection();
            if (waitsFor(part) && from != null && from.waitsFor(connection, seen)) {
                return true;
            }
        }
        return false;
    }

    private boolean waitsFor(int part) {
        return stream == null ? !parts[part].isComplete() : stream.waitsFor(part);
    }

    @Override
    public ByteBuf buffer(int part) {
        return parts[part].kept().buffer(session());
    }

    @Override
    public int start(int part) {
        return parts[part].kept().start(session());
    }

    @Override
    public int length(int part) {
        return parts[part].kept().length(session());
    }

    @Override
    public void leftQueue() {
        for (int part = 0; part < plan.parts(); part++) {
            parts[part].forget();
        }
        if (stream != null) {
            stream.release();
        }
        // Who has left before the replies came is still awaited by connections.
        if (missing == 0 && !unusual) {
            Pool pool = session().spares().splits();
            session = null;
            pool.giveBack(this);
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        release();
        for (int part = 0; part < plan.parts(); part++) {
            parts[part].gone();
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
            if (free.size() < KEPT && used.parts.length <= KEPT_PARTS) {
                free.addLast(used);
            }
        }
    }
}
