package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.resp.ReplyDecoder;

/** Cuts what comes on a connection into whole frames; one that is too large to be held is handed on as it comes. */
final class LineFrames {

    private final ReplyDecoder decoder = new ReplyDecoder();
    private final HeldReply held = new HeldReply();
    private final ByteBufAllocator allocator;
    private final int limit;
    private final Sink sink;
    private int bytes;
    private boolean streaming;

    /** @param limit bytes of a frame that are held */
    LineFrames(ByteBufAllocator allocator, int limit, Sink sink) {
        this.allocator = allocator;
        this.limit = limit;
        this.sink = sink;
    }

    /** Takes what came; false when it is not RESP. */
    boolean add(ByteBuf buffer, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && sink.isOpen()) {
            int end = decoder.scan(buffer, from, to);
            if (end < 0) {
                return false;
            }
            boolean complete = decoder.complete();
            if (streaming) {
                streaming = !complete;
                sink.piece(buffer, from, end - from, complete);
            } else if (complete && held.isEmpty()) {
                sink.frame(buffer, from, end - from);
            } else {
                held.add(allocator, buffer, from, end - from);
                bytes += end - from;
                heldMore(complete);
            }
            from = end;
        }
        return true;
    }

    private void heldMore(boolean complete) {
        if (complete) {
            bytes = 0;
            ByteBuf whole = held.take(allocator);
            sink.frame(whole, whole.readerIndex(), whole.readableBytes());
            whole.release();
        } else if (bytes > limit && sink.mayStream()) {
            bytes = 0;
            streaming = true;
            ByteBuf begin = held.take(allocator);
            sink.piece(begin, begin.readerIndex(), begin.readableBytes(), false);
            begin.release();
        }
    }

    /** Whether a frame was handed on that has not come to its end. */
    boolean isStreaming() {
        return streaming;
    }

    void release() {
        held.release();
    }

    /** Takes frames; the bytes stay the caller's. */
    interface Sink {

        /** Whether more is wanted. */
        boolean isOpen();

        /** A whole frame. */
        void frame(ByteBuf buffer, int offset, int length);

        /** Whether pieces of a large frame can be taken now; asked again with the next piece if not. */
        boolean mayStream();

        /** A piece of a large frame, the first with its beginning. */
        void piece(ByteBuf buffer, int offset, int length, boolean last);
    }
}
