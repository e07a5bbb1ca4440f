package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.slotless.sidecar.resp.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one channel, gathered until the end of the event loop's tick: small pieces are copied into one pooled
 * buffer, larger ones go as slices. Used on the channel's event loop only.
 */
public final class BatchedWriter implements ByteSink {

    /** Up to here a copy costs less than a slice with its reference count and its own entry in a gathering write. */
    private static final int COPY_LIMIT = 4 * 1024;

    /** A buffer made of more pieces than one gathering write takes would be copied into one. */
    private static final int LARGEST_SLICE = 1024 * 1024;

    private static final int SMALLEST_BATCH = 256;
    private static final int LARGEST_BATCH = 16 * 1024;
    /** A smaller batch lowers the guess by one of so many parts: to grow costs more than room that is not needed. */
    private static final int FORGETTING = 8;

    private final ChannelHandlerContext context;
    private final TickFlusher flusher;
    private @Nullable ByteBuf batch;
    private int batchGuess = SMALLEST_BATCH;
    private boolean marked;
    private long flushes;
    private long written;
    private boolean muted;

    /**
     * @param context the place in the pipeline to write from: handlers behind it do not see the bytes
     * @param flusher that of the channel's event loop
     */
    public BatchedWriter(ChannelHandlerContext context, TickFlusher flusher) {
        this.context = context;
        this.flusher = flusher;
    }

    /**
     * From now on drops what is written, but for what is {@link #push pushed}; or does so no more.
     *
     * @return whether it did before
     */
    public boolean mute(boolean newMuted) {
        boolean before = muted;
        muted = newMuted;
        return before;
    }

    /** Writes bytes that stay the caller's. */
    @Override
    public void write(ByteBuf source, int offset, int length) {
        if (!muted) {
            push(source, offset, length);
        }
    }

    /** As {@link #write}, muted or not. */
    public void push(ByteBuf source, int offset, int length) {
        written += length;
        if (length <= COPY_LIMIT) {
            room(length).writeBytes(source, offset, length);
        } else {
            pushBatch();
            slices(source, offset, length);
        }
        mark();
    }

    private void slices(ByteBuf source, int offset, int length) {
        int sent = 0;
        while (sent < length) {
            int size = Math.min(LARGEST_SLICE, length - sent);
            context.write(source.retainedSlice(offset + sent, size), context.voidPromise());
            sent += size;
        }
    }

    /** Writes a buffer and releases it. */
    public void writeAndRelease(ByteBuf source) {
        if (muted) {
            source.release();
            return;
        }
        int length = source.readableBytes();
        written += length;
        if (length <= COPY_LIMIT) {
            room(length).writeBytes(source);
            source.release();
        } else {
            pushBatch();
            context.write(source, context.voidPromise());
        }
        mark();
    }

    /** Writes bytes made up by us. */
    public void write(byte[] bytes) {
        if (muted) {
            return;
        }
        written += bytes.length;
        room(bytes.length).writeBytes(bytes);
        mark();
    }

    /** How often this writer was flushed: what was written before the last flush may have reached the peer. */
    public long flushes() {
        return flushes;
    }

    /** All bytes written so far. */
    public long written() {
        return written;
    }

    /** Bytes that the peer has not taken yet. */
    public long pending() {
        Channel channel = context.channel();
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return (buffer == null ? 0 : buffer.totalPendingWriteBytes()) + (batch == null ? 0 : batch.readableBytes());
    }

    /** Sends what was written now, not at the end of the tick. */
    public void flush() {
        marked = false;
        pushBatch();
        flushes++;
        context.flush();
    }

    /** Drops what was not flushed; for a channel that is closed. */
    public void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    private ByteBuf room(int length) {
        ByteBuf current = batch;
        if (current != null && current.writableBytes() < length && current.readableBytes() >= LARGEST_BATCH / 2) {
            pushBatch();
            current = null;
        }
        if (current == null) {
            // Said so: Vert.x's allocator gives unpooled heap buffers otherwise, which the channel would have to copy.
            current = context.alloc().directBuffer(Math.max(batchGuess, length));
            batch = current;
        }
        return current;
    }

    private void pushBatch() {
        ByteBuf current = batch;
        if (current == null) {
            return;
        }
        batch = null;
        batchGuess = Math.max(guess(current.readableBytes()), batchGuess - batchGuess / FORGETTING);
        context.write(current, context.voidPromise());
    }

    private static int guess(int size) {
        int power = Integer.highestOneBit(Math.max(size - 1, 1)) << 1;
        return Math.min(Math.max(power, SMALLEST_BATCH), LARGEST_BATCH);
    }

    private void mark() {
        if (!marked) {
            marked = true;
            flusher.mark(this);
        }
    }
}
