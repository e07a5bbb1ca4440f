package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RespWriter;
import java.util.function.LongBinaryOperator;

/** What is made of the replies to the parts of one command, without taking them apart more than needed. */
final class Merges {

    static final Merge MIN = elementwise(Math::min);

    private Merges() {}

    private static Merge integers(LongBinaryOperator operator) {
        return (replies, out) -> {
            long result = integer(replies.get(0));
            for (ByteBuf reply : replies.subList(1, replies.size())) {
                result = operator.applyAsLong(result, integer(reply));
            }
            RespWriter.writeInteger(out, result);
        };
    }

    private static Merge elementwise(LongBinaryOperator operator) {
        return (replies, out) -> {
            if (replies.get(0).getByte(replies.get(0).readerIndex()) == ':') {
                integers(operator).merge(replies, out);
                return;
            }
            int size = ArrayCursor.size(replies.get(0));
            long[] result = new long[size];
            for (int i = 0; i < replies.size(); i++) {
                ArrayCursor cursor = new ArrayCursor(replies.get(i));
                for (int element = 0; element < size; element++) {
                    long value = cursor.nextInteger();
                    result[element] = i == 0 ? value : operator.applyAsLong(result[element], value);
                }
            }
            RespWriter.writeArrayHeader(out, size);
            for (long element : result) {
                RespWriter.writeInteger(out, element);
            }
        };
    }

    private static long integer(ByteBuf reply) {
        return ArrayCursor.parse(reply, reply.readerIndex() + 1);
    }

    /** Walks over the elements of an array reply. */
    private static final class ArrayCursor {

        private final ByteBuf reply;
        private final ReplyDecoder decoder = new ReplyDecoder();
        private int position;

        ArrayCursor(ByteBuf reply) {
            this.reply = reply;
            this.position = body(reply);
        }

        static int size(ByteBuf reply) {
            return (int) Math.max(0, parse(reply, reply.readerIndex() + 1));
        }

        static int body(ByteBuf reply) {
            return reply.indexOf(reply.readerIndex(), reply.writerIndex(), (byte) '\n') + 1;
        }

        static long parse(ByteBuf in, int from) {
            int digits = from;
            boolean negative = in.getByte(digits) == '-';
            if (negative) {
                digits++;
            }
            long value = 0;
            for (byte b = in.getByte(digits); b != '\r'; b = in.getByte(++digits)) {
                value = value * 10 + (b - '0');
            }
            return negative ? -value : value;
        }

        long nextInteger() {
            int start = position;
            position = next();
            return parse(reply, start + 1);
        }

        private int next() {
            int end = decoder.scan(reply, position, reply.writerIndex());
            if (end < 0 || !decoder.complete()) {
                throw new IllegalStateException("a part's reply has fewer elements than it was asked for");
            }
            return end;
        }
    }
}
