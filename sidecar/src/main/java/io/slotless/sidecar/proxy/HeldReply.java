package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of a reply that must wait: small pieces are copied together, large ones kept as slices. */
final class HeldReply {

    private static final int COPY_LIMIT = 4 * 1024;

    private final List<ByteBuf> full = new ArrayList<>(2);
    private @Nullable ByteBuf open;

    void add(ByteBufAllocator allocator, ByteBuf source, int offset, int length) {
        if (length > COPY_LIMIT) {
            closeOpen();
            full.add(source.retainedSlice(offset, length));
            return;
        }
        if (open == null) {
            open = allocator.buffer(Math.max(64, length));
        }
        open.writeBytes(source, offset, length);
    }

    /** Takes over a buffer. */
    void add(ByteBuf owned) {
        closeOpen();
        full.add(owned);
    }

    boolean isEmpty() {
        return open == null && full.isEmpty();
    }

    /** Writes everything and is empty again. */
    void writeTo(BatchedWriter out) {
        closeOpen();
        for (ByteBuf piece : full) {
            out.writeAndRelease(piece);
        }
        full.clear();
    }

    /** Everything in one buffer, which the caller releases; this is empty again. */
    ByteBuf take(ByteBufAllocator allocator) {
        closeOpen();
        ByteBuf whole = full.size() == 1
                ? full.get(0)
                : allocator.buffer(
                        full.stream().mapToInt(ByteBuf::readableBytes).sum());
        if (full.size() != 1) {
            for (ByteBuf piece : full) {
                whole.writeBytes(piece);
                piece.release();
            }
        }
        full.clear();
        return whole;
    }

    /** Everything in one buffer, which stays this one's. */
    ByteBuf whole(ByteBufAllocator allocator) {
        closeOpen();
        if (full.size() != 1) {
            full.add(take(allocator));
        }
        return full.get(0);
    }

    void release() {
        closeOpen();
        full.forEach(ByteBuf::release);
        full.clear();
    }

    private void closeOpen() {
        if (open != null) {
            full.add(open);
            open = null;
        }
    }
}
