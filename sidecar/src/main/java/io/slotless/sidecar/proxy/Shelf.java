package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.upstream.BatchedWriter;
import org.jspecify.annotations.Nullable;

/**
 * Copies of small replies of one client whose turn has not come, one behind the other. The room is given back when none is
 * left, which with many commands in a pipeline is after each burst.
 */
final class Shelf {

    /** What {@link #put} returns when it takes no more. */
    static final int FULL = -1;

    private static final int LARGEST_REPLY = 4 * 1024;
    private static final int ROOM = 64 * 1024;
    private static final int FIRST_ROOM = 512;

    private final ReplyBudget.Share share;
    private @Nullable ByteBuf replies;
    private int count;
    /** Bytes that the share was told of. */
    private int capacity;
    /** What the last burst needed. */
    private int room = FIRST_ROOM;

    /** @param share whose client's replies they are */
    Shelf(ReplyBudget.Share share) {
        this.share = share;
    }

    /**
     * Copies the bytes, which stay the caller's.
     *
     * @return where they are, or {@link #FULL}
     */
    int put(ByteBufAllocator allocator, ByteBuf source, int offset, int length) {
        if (length > LARGEST_REPLY) {
            return FULL;
        }
        if (replies == null) {
            replies = allocator.directBuffer(room, ROOM);
        }
        int at = replies.writerIndex();
        if (at + length > ROOM) {
            return FULL;
        }
        replies.writeBytes(source, offset, length);
        if (replies.capacity() != capacity) {
            count(replies.capacity());
        }
        count++;
        return at;
    }

    /** Writes what was put there, and removes it. */
    void writeTo(BatchedWriter out, int at, int length) {
        ByteBuf present = replies;
        if (present != null) {
            out.write(present, at, length);
            remove();
        }
    }

    /** Holds what was put there, until the last of it is removed. */
    ByteBuf replies() {
        ByteBuf present = replies;
        return present == null ? Unpooled.EMPTY_BUFFER : present;
    }

    /** One of those put there is not wanted any more. */
    void remove() {
        if (--count == 0 && replies != null) {
            room = Math.max(FIRST_ROOM, replies.writerIndex());
            replies.release();
            replies = null;
            count(0);
        }
    }

    private void count(int newCapacity) {
        share.add(newCapacity - capacity);
        capacity = newCapacity;
    }
}
