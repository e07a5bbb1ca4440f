package io.slotless.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One command as bytes, to be sent again and again, each time with other keys. */
final class Template {

    /** Longer values are not copied for each command. */
    private static final int SHARED_FROM = 4 * 1024;

    private final byte[] head;
    private final List<Integer> keys;
    private final ByteBuf tail;
    private final ReplyShape reply;

    private Template(Builder builder, ByteBuf tail, ReplyShape reply) {
        this.head = builder.bytes.toByteArray();
        this.keys = List.copyOf(builder.keys);
        this.tail = tail;
        this.reply = reply;
    }

    static Template get(int valueBytes) {
        Builder builder = new Builder(valueBytes).array(2).bulk("GET").key();
        return new Template(builder, Unpooled.EMPTY_BUFFER, ReplyShape.bulk(valueBytes));
    }

    static Template set(int valueBytes) {
        Builder builder = new Builder(valueBytes).array(3).bulk("SET").key();
        ByteBuf tail = Unpooled.EMPTY_BUFFER;
        if (valueBytes < SHARED_FROM) {
            builder.value();
        } else {
            builder.text("$" + valueBytes + "\r\n");
            tail = Unpooled.directBuffer(valueBytes + 2);
            tail.writeBytes(Workload.value(valueBytes)).writeBytes(new byte[] {'\r', '\n'});
        }
        return new Template(builder, tail, ReplyShape.OK);
    }

    static Template mget(int valueBytes, int count) {
        Builder builder = new Builder(valueBytes).array(1 + count).bulk("MGET");
        for (int i = 0; i < count; i++) {
            builder.key();
        }
        return new Template(builder, Unpooled.EMPTY_BUFFER, ReplyShape.bulks(count, valueBytes));
    }

    static Template mset(int valueBytes, int count) {
        Builder builder = new Builder(valueBytes).array(1 + 2 * count).bulk("MSET");
        for (int i = 0; i < count; i++) {
            builder.key().value();
        }
        return new Template(builder, Unpooled.EMPTY_BUFFER, ReplyShape.OK);
    }

    ReplyShape reply() {
        return reply;
    }

    /** What follows the head, the same each time; may be empty. Whoever sends it retains it. */
    ByteBuf tail() {
        return tail;
    }

    int headBytes() {
        return head.length;
    }

    /** Writes the head with keys drawn from so many. */
    void writeHead(ByteBuf out, SplittableRandom random, int keyCount) {
        int start = out.writerIndex();
        out.writeBytes(head);
        for (int key : keys) {
            int number = random.nextInt(keyCount);
            for (int digit = Keys.DIGITS - 1; number > 0; digit--) {
                out.setByte(start + key + digit, '0' + number % 10);
                number /= 10;
            }
        }
    }

    private static final class Builder {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> keys = new ArrayList<>();
        private final int valueBytes;

        private Builder(int valueBytes) {
            this.valueBytes = valueBytes;
        }

        private Builder array(int elements) {
            return text("*" + elements + "\r\n");
        }

        private Builder bulk(String text) {
            return text("$" + text.length() + "\r\n" + text + "\r\n");
        }

        private Builder key() {
            int prefix = Keys.prefix(valueBytes).length;
            text("$" + (prefix + Keys.DIGITS) + "\r\n");
            keys.add(bytes.size() + prefix);
            return text(Keys.key(valueBytes, 0) + "\r\n");
        }

        private Builder value() {
            text("$" + valueBytes + "\r\n");
            bytes.writeBytes(Workload.value(valueBytes));
            return text("\r\n");
        }

        private Builder text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }
    }
}
