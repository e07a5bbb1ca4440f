package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.resp.Decimal;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.upstream.BatchedWriter;
import org.jspecify.annotations.Nullable;

/**
 * One array made of those of several parts, element by element in the order of the keys, written while they come: only what comes before
 * its turn is held.
 */
final class StreamedElements {

    private final ByteBufAllocator allocator;
    private final SplitPlan plan;
    private final Part[] parts;
    private boolean begun;
    /** Whose value is written next. */
    private int key;

    /** @param held what has come of each part */
    StreamedElements(ByteBufAllocator allocator, SplitPlan plan, HeldReply[] held) {
        this.allocator = allocator;
        this.plan = plan;
        this.parts = new Part[held.length];
        for (int part = 0; part < held.length; part++) {
            parts[part] = new Part(held[part], plan.keys(part));
        }
    }

    /** A piece of a part. */
    void add(int part, ByteBuf buffer, int offset, int length) {
        parts[part].held.add(allocator, buffer, offset, length);
    }

    /** Whether all is written. */
    boolean isDone() {
        return key == plan.keys();
    }

    /** Whether anything of this part is written. */
    boolean isWritten(int part) {
        return parts[part].written;
    }

    /** Whether it gets no further without more of this part. */
    boolean waitsFor(int part) {
        return !isDone() && plan.part(key) == part;
    }

    /** What there is of a part will come again. */
    void forget(int part) {
        parts[part].release();
        parts[part] = new Part(parts[part].held, plan.keys(part));
    }

    /**
     * Writes as much as can be.
     *
     * @throws IllegalStateException if a part is not the array that it should be
     */
    void writeTo(BatchedWriter out) {
        if (!begun) {
            begun = true;
            ByteBuf header = allocator.directBuffer(16);
            RespWriter.writeArrayHeader(header, plan.keys());
            out.writeAndRelease(header);
        }
        while (!isDone() && parts[plan.part(key)].writeElement(out)) {
            key++;
        }
    }

    void release() {
        for (Part part : parts) {
            part.release();
        }
    }

    /** One of the arrays. */
    private final class Part {

        private final HeldReply held;
        private final int keys;
        private final ReplyDecoder decoder = new ReplyDecoder();
        private @Nullable ByteBuf piece;
        private boolean opened;
        private boolean written;

        Part(HeldReply held, int keys) {
            this.held = held;
            this.keys = keys;
        }

        /** Whether the next element is written to its end. */
        boolean writeElement(BatchedWriter out) {
            while (opened || open()) {
                ByteBuf present = more();
                if (present == null) {
                    return false;
                }
                int start = present.readerIndex();
                int end = decoder.scan(present, start, present.writerIndex());
                written = true;
                out.write(present, start, end - start);
                present.readerIndex(end);
                if (decoder.complete()) {
                    return true;
                }
            }
            return false;
        }

        /** Goes behind the first line; false as long as that is not there. */
        private boolean open() {
            ByteBuf present = more();
            if (present == null) {
                return false;
            }
            int line = present.bytesBefore((byte) '\n') + 1;
            if (line == 0) {
                ByteBuf rest = held.poll();
                if (rest != null) {
                    piece = allocator
                            .directBuffer(present.readableBytes() + rest.readableBytes())
                            .writeBytes(present)
                            .writeBytes(rest);
                    present.release();
                    rest.release();
                    return open();
                }
                return false;
            }
            int start = present.readerIndex();
            if (present.getByte(start) != '*' || Decimal.parse(present, start + 1, line - 3, -1) != keys) {
                throw new IllegalStateException("not as many values as keys");
            }
            present.skipBytes(line);
            opened = true;
            return true;
        }

        private @Nullable ByteBuf more() {
            if (piece != null && !piece.isReadable()) {
                piece.release();
                piece = null;
            }
            if (piece == null) {
                piece = held.poll();
            }
            return piece;
        }

        void release() {
            held.release();
            if (piece != null) {
                piece.release();
                piece = null;
            }
        }
    }
}
