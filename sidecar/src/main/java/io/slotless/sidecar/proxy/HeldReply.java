package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes of a reply that must wait: small pieces are copied together, large ones kept as slices. */
final class HeldReply {

    /** A slice keeps all of the buffer that it is of. */
    private static final int COPY_LIMIT = 16 * 1024;

    private static final int MOST_COPIED = 64 * 1024;

    private final ReplyBudget.@Nullable Share share;
    private final ArrayDeque<ByteBuf> full = new ArrayDeque<>(2);
    private @Nullable ByteBuf open;
    private int size;

    /** Of a few bytes, which nobody counts. */
    HeldReply() {
        this.share = null;
    }

    /** @param share whose client's bytes they are */
    HeldReply(ReplyBudget.Share share) {
        this.share = share;
    }

    void add(ByteBufAllocator allocator, ByteBuf source, int offset, int length) {
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
    void add(ByteBuf owned) {
        closeOpen();
        count(owned.readableBytes());
        full.add(owned);
    }

    boolean isEmpty() {
        return open == null && full.isEmpty();
    }

    /** In bytes. */
    int size() {
        return size;
    }

    /** Writes everything and is empty again. */
    void writeTo(BatchedWriter out) {
        ByteBuf piece;
        while ((piece = poll()) != null) {
            out.writeAndRelease(piece);
        }
    }

    /** Takes out the first of what there is, which the caller releases; null when there is nothing. */
    @Nullable
    ByteBuf poll() {
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
    ByteBuf take(ByteBufAllocator allocator) {
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
    ByteBuf whole(ByteBufAllocator allocator) {
        closeOpen();
        if (full.size() != 1) {
            add(take(allocator));
        }
        return full.element();
    }

    void release() {
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
        if (share != null) {
            share.add(more);
        }
    }
}
