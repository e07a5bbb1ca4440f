package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Puts the pieces together in which small commands come: each byte is copied once or twice. Those of a large one are a
 * {@link LargeRequest}.
 */
final class Gathering {

    /** A command that is larger than this, as far as it is known, but not all there yet, is large. */
    static final int LARGE = 64 * 1024;

    /** What a client that has begun a command and says nothing more may keep for nothing. */
    private static final int MOST_WASTE = 32 * 1024;

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
        ByteBuf larger = allocator.directBuffer(kept.readableBytes() + Math.max(more.readableBytes(), announced));
        larger.writeBytes(kept).writeBytes(more);
        kept.release();
        more.release();
        return larger;
    }

    /**
     * The bytes that are not read yet, without what holds a large command that has been read, and not in a buffer that is much larger than
     * they will be. Takes over the buffer.
     *
     * @param announced as in {@link #append}
     */
    static ByteBuf rest(ByteBufAllocator allocator, ByteBuf kept, int announced) {
        boolean isLarge = kept instanceof LargeRequest;
        int needed = kept.readableBytes() + (announced > LARGE ? 0 : announced);
        if (isLarge ? kept.readerIndex() == 0 : kept.capacity() - needed <= MOST_WASTE) {
            return kept;
        }
        ByteBuf rest = allocator.directBuffer(isLarge ? kept.readableBytes() : needed);
        rest.writeBytes(kept);
        kept.release();
        return rest;
    }
}
