package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/** The pieces of a large command as they were read, and the room that was kept for them: it is given back when they are. */
final class LargeRequest extends CompositeByteBuf {

    /** Room for pieces that are too small to be kept as they came. */
    private static final int ROOM = 64 * 1024;

    private static final int SMALLEST_KEPT_PIECE = ROOM / 2;

    private final RequestBudget.Claim claim;

    /** Takes over the buffer, and the claim. */
    LargeRequest(ByteBufAllocator allocator, ByteBuf begun, RequestBudget.Claim claim) {
        // Without a limit to the number of pieces, at which it would copy them into one.
        super(allocator, true, Integer.MAX_VALUE);
        this.claim = claim;
        addComponent(true, begun);
    }

    /** Takes over the buffer. */
    void append(ByteBuf more) {
        if (isKept(more)) {
            // What is left of the last room stays empty.
            capacity(writerIndex()).addComponent(true, more);
            return;
        }
        if (writableBytes() < more.readableBytes()) {
            ByteBuf room = alloc().directBuffer(Math.max(ROOM, more.readableBytes()));
            addComponent(false, room.writerIndex(room.capacity()));
        }
        writeBytes(more);
        more.release();
    }

    /** Of a piece that fills its buffer badly, the rest would be memory that nobody has counted. */
    private static boolean isKept(ByteBuf piece) {
        int length = piece.readableBytes();
        return length >= SMALLEST_KEPT_PIECE && length >= piece.capacity() - piece.capacity() / 8;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        claim.close();
    }
}
