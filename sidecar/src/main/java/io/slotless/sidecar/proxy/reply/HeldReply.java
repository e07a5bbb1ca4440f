package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes of a reply that must wait: small pieces are copied together, large ones kept as slices. */
public final class HeldReply {

    /** A slice keeps all of the buffer that it is of. */
    private static final int COPY_LIMIT = 16 * 1024;

    private static final int MOST_COPIED = 64 * 1024;

    private final @Nullable ByteCount counter;
    private final ArrayDeque<ByteBuf> full = new ArrayDeque<>(2);
    private @Nullable ByteBuf open;
    private int size;

    /** Of a few bytes, which nobody counts. */
    public HeldReply() {
        this.counter = null;
    }

    /** @param counter told how many there are */
    public HeldReply(ByteCount counter) {
        this.counter = counter;
    }

    public void add(ByteBufAllocator allocator, ByteBuf source, int offset, int length) {
        count(length);
        if (length > COPY_LIMIT) {
            closeOpen();
            full.add(source.retainedSlice(offset, length));
            return;
        }
        if (open != null && open.readableBytes() + length > MOST_COPIED) {
            closeOpen();
        }
        if (open == null) {
            open = allocator.directBuffer(Math.max(64, length));
        }
        open.writeBytes(source, offset, length);
    }

    /** Takes over a buffer. */
    public void add(ByteBuf owned) {
        closeOpen();
        count(owned.readableBytes());
        full.add(owned);
    }

    public boolean isEmpty() {
        return open == null && full.isEmpty();
    }

    /** In bytes. */
    public int size() {
        return size;
    }

    /** Writes everything and is empty again. */
    public void writeTo(BatchedWriter out) {
        ByteBuf piece;
        while ((piece = poll()) != null) {
            out.writeAndRelease(piece);
        }
    }

    /** Takes out the first of what there is, which the caller releases; null when there is nothing. */
    @Nullable
    public ByteBuf poll() {
        if (full.isEmpty()) {
            closeOpen();
        }
        ByteBuf piece = full.poll();
        if (piece != null) {
            count(-piece.readableBytes());
        }
        return piece;
    }

    /** Everything in one buffer, which the caller releases; this is empty again. */
    public ByteBuf take(ByteBufAllocator allocator) {
        closeOpen();
        if (full.size() == 1) {
            count(-size);
            return full.remove();
        }
        ByteBuf whole = allocator.buffer(size);
        ByteBuf piece;
        while ((piece = poll()) != null) {
            whole.writeBytes(piece);
            piece.release();
        }
        return whole;
    }

    /** Everything in one buffer, which stays this one's. */
    public ByteBuf whole(ByteBufAllocator allocator) {
        closeOpen();
        if (full.size() != 1) {
            add(take(allocator));
        }
        return full.element();
    }

    public void release() {
        closeOpen();
        count(-size);
        full.forEach(ByteBuf::release);
        full.clear();
    }

    private void closeOpen() {
        if (open != null) {
            full.add(open);
            open = null;
        }
    }

    private void count(int more) {
        size += more;
        if (counter != null) {
            counter.add(more);
        }
    }
}
