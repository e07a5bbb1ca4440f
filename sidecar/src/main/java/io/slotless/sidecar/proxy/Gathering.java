package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/**
 * Puts the pieces together in which a command comes. Of a small one each byte is copied once or twice; of a large one the
 * pieces stay where they were read to, and only those too small for a buffer of their own are copied.
 */
final class Gathering {

    /** A command of which more than this is still to come is large. */
    static final int LARGE = 64 * 1024;

    /** Room for pieces of a large command that are too small to be kept as they came. */
    private static final int ROOM = 64 * 1024;

    private static final int SMALLEST_KEPT_PIECE = ROOM / 2;

    private Gathering() {}

    /**
     * Takes over both buffers.
     *
     * @param announced bytes that must come at least before the command is all there; 0 if that is not known
     * @return all bytes of both that are not read yet
     */
    static ByteBuf append(ByteBufAllocator allocator, ByteBuf kept, ByteBuf more, int announced) {
        if (kept.maxFastWritableBytes() >= more.readableBytes()) {
            kept.writeBytes(more);
            more.release();
            return kept;
        }
        if (kept instanceof CompositeByteBuf pieces) {
            return addPiece(allocator, pieces, more);
        }
        if (announced > LARGE) {
            // Without a limit to their number, at which it would copy them into one.
            CompositeByteBuf pieces = allocator.compositeDirectBuffer(Integer.MAX_VALUE);
            return addPiece(allocator, pieces.addComponent(true, kept), more);
        }
        ByteBuf larger = allocator.directBuffer(kept.readableBytes() + Math.max(more.readableBytes(), announced));
        larger.writeBytes(kept).writeBytes(more);
        kept.release();
        more.release();
        return larger;
    }

    /** The bytes that are not read yet, without what holds a large command that has been read. Takes over the buffer. */
    static ByteBuf rest(ByteBufAllocator allocator, ByteBuf kept) {
        if (!(kept instanceof CompositeByteBuf) || kept.readerIndex() == 0) {
            return kept;
        }
        ByteBuf rest = allocator.directBuffer(kept.readableBytes());
        rest.writeBytes(kept);
        kept.release();
        return rest;
    }

    private static ByteBuf addPiece(ByteBufAllocator allocator, CompositeByteBuf pieces, ByteBuf more) {
        if (more.readableBytes() >= SMALLEST_KEPT_PIECE) {
            // What is left of the last room stays empty.
            return pieces.capacity(pieces.writerIndex()).addComponent(true, more);
        }
        if (pieces.writableBytes() < more.readableBytes()) {
            ByteBuf room = allocator.directBuffer(ROOM);
            pieces.addComponent(false, room.writerIndex(ROOM));
        }
        pieces.writeBytes(more);
        more.release();
        return pieces;
    }
}
