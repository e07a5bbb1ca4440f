package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.Decimal;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RespWriter;

/**
 * Makes one reply of those to the parts of a split command, byte by byte where they lie, without making objects. Keeps its
 * working memory for the next; not thread-safe.
 */
public final class MergedReply {

    /** {@code *1\r\n}, before the only element that most parts have. */
    private static final int ONE_ELEMENT = '*' << 24 | '1' << 16 | '\r' << 8 | '\n';

    private static final int ONE_ELEMENT_LENGTH = 4;

    private final ByteBuf header = Unpooled.buffer(32);
    private final ReplyDecoder decoder = new ReplyDecoder();
    /** Of each part where its next element begins. */
    private int[] next = new int[SplitPlan.USUAL_KEYS];

    /**
     * Writes the one reply.
     *
     * @throws IllegalStateException if a reply is not what its part asked for; nothing was written then
     */
    public void write(SplitPlan plan, PartReplies replies, ByteSink out) {
        switch (plan.merge()) {
            case ELEMENTS -> elements(plan, replies, out);
            case AGREEMENT -> out.write(replies.buffer(0), replies.start(0), replies.length(0));
            case SUM -> sum(plan, replies, out);
        }
    }

    private void sum(SplitPlan plan, PartReplies replies, ByteSink out) {
        long sum = 0;
        for (int part = 0; part < plan.parts(); part++) {
            ByteBuf reply = replies.buffer(part);
            int start = replies.start(part);
            check(reply.getByte(start) == ':', "no number");
            sum += number(reply, start, replies.length(part));
        }
        RespWriter.writeInteger(header.clear(), sum);
        out.write(header, 0, header.writerIndex());
    }

    private void elements(SplitPlan plan, PartReplies replies, ByteSink out) {
        if (next.length < plan.parts()) {
            next = new int[plan.parts()];
        }
        for (int part = 0; part < plan.parts(); part++) {
            next[part] = firstElement(replies, part, plan.keys(part));
        }
        RespWriter.writeArrayHeader(header.clear(), plan.keys());
        out.write(header, 0, header.writerIndex());
        for (int key = 0; key < plan.keys(); key++) {
            int part = plan.part(key);
            int start = next[part];
            int end = replies.start(part) + replies.length(part);
            if (plan.keys(part) > 1) {
                end = decoder.scan(replies.buffer(part), start, end);
                next[part] = end;
            }
            out.write(replies.buffer(part), start, end - start);
        }
        if (next.length > SplitPlan.KEPT_KEYS) {
            next = new int[SplitPlan.USUAL_KEYS];
        }
    }

    /** Where the elements of an array begin that has as many as were asked for. */
    private static int firstElement(PartReplies replies, int part, int keys) {
        ByteBuf reply = replies.buffer(part);
        int start = replies.start(part);
        int length = replies.length(part);
        if (keys == 1 && length > ONE_ELEMENT_LENGTH && reply.getInt(start) == ONE_ELEMENT) {
            return start + ONE_ELEMENT_LENGTH;
        }
        int line = reply.indexOf(start, start + length, (byte) '\n') + 1 - start;
        check(reply.getByte(start) == '*' && number(reply, start, line) == keys, "not as many values as keys");
        return start + line;
    }

    /** The number in a line, between its type and its end. */
    private static long number(ByteBuf reply, int start, int length) {
        return Decimal.parse(reply, start + 1, length - 3, Long.MIN_VALUE);
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
