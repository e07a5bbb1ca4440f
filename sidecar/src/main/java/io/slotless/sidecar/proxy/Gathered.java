package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Merge;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several commands to several nodes whose replies become one: the first error, else what the merge makes of them. */
final class Gathered implements Pending {

    private final ClientSession session;
    private final Merge merge;
    private final HeldReply[] parts;
    private final List<Part> exchanges;
    private final HeldReply merged = new HeldReply();
    private int missing;
    private boolean done;
    private boolean abandoned;

    Gathered(ClientSession session, int parts, Merge merge) {
        this.session = session;
        this.merge = merge;
        this.parts = new HeldReply[parts];
        this.exchanges = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            this.parts[i] = new HeldReply();
        }
        this.missing = parts;
    }

    /** One of the commands. */
    Exchange part(int part, ByteBuf request, int offset, int length, int slot) {
        return added(new Part(part, request, offset, length, slot));
    }

    /** One of the commands, that waits at the server for what was written there before. */
    Exchange waitingPart(int part, ByteBuf request, int offset, int length, int slot) {
        return added(new WaitingPart(part, request, offset, length, slot));
    }

    private Part added(Part part) {
        exchanges.add(part);
        return part;
    }

    private void partDone() {
        if (--missing > 0 || abandoned) {
            return;
        }
        List<ByteBuf> replies = new ArrayList<>(parts.length);
        for (HeldReply part : parts) {
            replies.add(part.take(session.allocator()));
        }
        merged.add(merge(replies));
        replies.forEach(ByteBuf::release);
        done = true;
        session.replies().advance();
    }

    private ByteBuf merge(List<ByteBuf> replies) {
        for (ByteBuf reply : replies) {
            byte type = reply.getByte(reply.readerIndex());
            if (type == '-' || type == '!') {
                return reply.retainedSlice();
            }
        }
        ByteBuf out = session.allocator().buffer();
        merge.merge(replies, out);
        return out;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        merged.writeTo(out);
    }

    @Override
    public void leftQueue() {
        merged.release();
        for (HeldReply part : parts) {
            part.release();
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        exchanges.forEach(Part::gone);
    }

    private class Part extends Exchange {

        private final int part;

        Part(int part, ByteBuf request, int offset, int length, int slot) {
            super(session.backend(), session.identity().upstream(), request, offset, length, slot);
            this.part = part;
        }

        /** The client has gone. */
        void gone() {
            letGo();
        }

        @Override
        void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
            if (!abandoned) {
                parts[part].add(session.allocator(), buffer, offset, length);
            }
            if (last) {
                partDone();
            }
        }

        @Override
        boolean takeBack() {
            parts[part].release();
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
    }

    /**
     * WAIT waits for what was written when its connection last ran a command (Redis, {@code processCommand}: woff). The
     * client's writes went over another connection; after a PING this one has seen them, too.
     */
    private final class WaitingPart extends Part {

        private static final CommandFrame PING = CommandFrame.of("PING");

        private final PrivateUse connection = new PrivateUse(backend, identity);

        WaitingPart(int part, ByteBuf request, int offset, int length, int slot) {
            super(part, request, offset, length, slot);
        }

        @Override
        @Nullable
        UpstreamConnection connection(@Nullable Node redirected) {
            return connection.take(slot(), redirected);
        }

        @Override
        void begin(UpstreamConnection ready) {
            ready.send(PING.buffer(), PING.offset(), PING.length(), IgnoredReply.IT);
            super.begin(ready);
        }

        @Override
        void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
            if (last) {
                connection.giveBack();
            }
            super.deliver(from, buffer, offset, length, last);
        }

        @Override
        void gone() {
            super.gone();
            connection.close();
        }
    }
}
