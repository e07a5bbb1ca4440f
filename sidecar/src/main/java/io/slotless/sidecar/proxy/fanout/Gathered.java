package io.slotless.sidecar.proxy.fanout;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Several commands to several nodes whose replies become one. */
abstract class Gathered implements Pending {

    private final Client client;
    private final HeldReply[] parts;
    private final List<GatheredPart> exchanges;
    private final HeldReply merged;
    private int missing;
    private boolean done;
    private boolean abandoned;

    Gathered(Client client, int parts) {
        this.client = client;
        this.merged = client.hold();
        this.parts = new HeldReply[parts];
        this.exchanges = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            this.parts[i] = client.hold();
        }
        this.missing = parts;
    }

    /**
     * Makes one reply of all.
     *
     * @param replies in the order of the parts; each stays the caller's
     * @return the caller's, too
     * @throws RuntimeException if a node said what it cannot have meant
     */
    abstract ByteBuf join(List<ByteBuf> replies);

    final Client client() {
        return client;
    }

    /** Adds one of the commands, in the order of the parts; to be sent by the caller. */
    final <P extends GatheredPart> P with(P part) {
        exchanges.add(part);
        return part;
    }

    final List<GatheredPart> exchanges() {
        return exchanges;
    }

    final boolean isWanted() {
        return !abandoned;
    }

    /** A piece of the reply to a part. */
    void add(int part, ByteBuf buffer, int offset, int length, boolean last) {
        if (!abandoned) {
            parts[part].add(client.allocator(), buffer, offset, length);
        }
        if (last) {
            partDone();
        }
    }

    /** What there is of the reply to a part will come again. */
    final void forget(int part) {
        parts[part].release();
    }

    private void partDone() {
        if (--missing > 0 || abandoned) {
            return;
        }
        List<ByteBuf> replies = new ArrayList<>(parts.length);
        for (HeldReply part : parts) {
            replies.add(part.take(client.allocator()));
        }
        merged.add(joined(replies));
        replies.forEach(ByteBuf::release);
        done = true;
        completed();
    }

    /** The one reply is there. */
    void completed() {
        client.replies().advance();
    }

    /** The one reply, which is the caller's now. */
    public final ByteBuf take() {
        return merged.take(client.allocator());
    }

    /** A node that says what cannot be understood spoils this reply only. */
    private ByteBuf joined(List<ByteBuf> replies) {
        try {
            return join(replies);
        } catch (RuntimeException e) {
            return Replies.error("ERR slotless: unexpected reply of a node: " + e.getMessage());
        }
    }

    @Override
    public final boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
        return exchanges.stream().anyMatch(part -> !part.isComplete() && part.waitsFor(connection, seen));
    }

    @Override
    public final boolean isDone() {
        return done;
    }

    @Override
    public final void writeTo(BatchedWriter out) {
        merged.writeTo(out);
    }

    @Override
    public final void leftQueue() {
        merged.release();
        for (HeldReply part : parts) {
            part.release();
        }
    }

    @Override
    public final void abandon() {
        abandoned = true;
        exchanges.forEach(GatheredPart::gone);
    }
}
