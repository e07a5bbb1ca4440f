package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.upstream.BatchedWriter;

/**
 * A command to all shards whose replies are arrays, given to the client as one, however long, without holding it. Each shard
 * says first how many elements it has: when all have, the whole's number is known, and the shards' elements follow
 * one behind the other. Those whose turn has not come are held up to a limit, then their server has to wait. For that each
 * has a connection of its own: on a shared one others would wait, too, and two such commands perhaps for each other.
 */
final class StreamedArrays implements Pending {

    private final ClientSession session;
    private final ArrayPart[] parts;
    private int turn;
    private boolean begun;
    private boolean done;
    private boolean abandoned;

    /** @param slots one of each shard */
    StreamedArrays(ClientSession session, CommandFrame frame, int[] slots) {
        this.session = session;
        this.parts = new ArrayPart[slots.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new ArrayPart(this, frame, slots[i]);
        }
    }

    /** To be called when it stands in line, and alone: nothing but this writes to the client until it is done. */
    void start() {
        for (ArrayPart part : parts) {
            part.dispatch();
        }
    }

    ClientSession session() {
        return session;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether the client has seen the beginning. */
    boolean isBegun() {
        return begun;
    }

    /** Whether what this part brings goes to the client at once. */
    boolean isTurnOf(ArrayPart part) {
        return begun && turn < parts.length && parts[turn] == part;
    }

    /** A part got further. */
    void progressed() {
        if (done || abandoned || !(begun || begin())) {
            return;
        }
        while (turn < parts.length) {
            ArrayPart part = parts[turn];
            part.flush();
            if (!part.isComplete()) {
                return;
            }
            turn++;
        }
        finish();
    }

    /** Writes the number of all elements, if it is known; false if not. */
    private boolean begin() {
        long elements = 0;
        for (ArrayPart part : parts) {
            ByteBuf error = part.error();
            if (error != null) {
                refuse(error);
                return false;
            }
        }
        for (ArrayPart part : parts) {
            if (part.size() == ArrayPart.UNKNOWN) {
                return false;
            }
            elements += part.size();
        }
        if (elements > Integer.MAX_VALUE) {
            refuse(Replies.error("ERR slotless: " + elements + " elements are more than one reply can have"));
            return false;
        }
        ByteBuf header = Unpooled.buffer(16);
        RespWriter.writeArrayHeader(header, (int) elements);
        write(header);
        begun = true;
        return true;
    }

    private void refuse(ByteBuf error) {
        write(error);
        dropParts();
        finish();
    }

    private void write(ByteBuf bytes) {
        session.replies().writeThrough(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private void finish() {
        done = true;
        session.replies().advance();
    }

    private void dropParts() {
        for (ArrayPart part : parts) {
            part.drop();
        }
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        // All is written through: nobody else is in line.
    }

    @Override
    public void leftQueue() {
        dropParts();
    }

    @Override
    public void abandon() {
        abandoned = true;
        dropParts();
    }
}
