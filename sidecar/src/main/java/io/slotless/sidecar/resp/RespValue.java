package io.slotless.sidecar.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A reply as an object: only for what must be merged, made up or understood. Names are those of the
 * <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP specification</a>.
 */
public sealed interface RespValue {

    /** {@code +OK}. */
    record SimpleString(String text) implements RespValue {
        public static final SimpleString OK = new SimpleString("OK");
    }

    /** {@code -ERR …}; the text is without the minus. */
    record SimpleError(String text) implements RespValue {}

    /** {@code :1}. */
    record IntegerValue(long value) implements RespValue {}

    /** {@code $2}; the bytes are not copied, do not change them. Equal by content. */
    @SuppressWarnings("ArrayRecordComponent")
    record BulkString(byte[] bytes) implements RespValue {

        public static BulkString of(String text) {
            return new BulkString(text.getBytes(StandardCharsets.UTF_8));
        }

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BulkString bulk && Arrays.equals(bytes, bulk.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "BulkString[" + text() + "]";
        }
    }

    /** No value. RESP2 has two spellings of it, RESP3 has one. */
    enum NullValue implements RespValue {
        /** {@code $-1} in RESP2. */
        BULK_STRING,
        /** {@code *-1} in RESP2. */
        ARRAY
    }

    /** {@code *2}. */
    record ArrayValue(List<RespValue> elements) implements RespValue {
        public ArrayValue {
            elements = List.copyOf(elements);
        }
    }

    /** {@code %1}; a flat array in RESP2. In the order of the wire, with whatever keys came twice. */
    record MapValue(List<Map.Entry<RespValue, RespValue>> entries) implements RespValue {
        public MapValue {
            entries = List.copyOf(entries);
        }
    }

    /** {@code ~2}; an array in RESP2. In the order of the wire. */
    record SetValue(List<RespValue> elements) implements RespValue {
        public SetValue {
            elements = List.copyOf(elements);
        }
    }

    /** {@code ,3.1}; a bulk string in RESP2. The text is kept, for servers of different ages print one number differently. */
    record DoubleValue(String text) implements RespValue {

        /** The value, NaN and infinities included. */
        public double value() {
            return switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        }
    }

    /** {@code #t}; an integer in RESP2. */
    record BooleanValue(boolean value) implements RespValue {}

    /** {@code (123…}; a bulk string in RESP2. */
    record BigNumber(String text) implements RespValue {}

    /** {@code !21}; a simple error in RESP2, with blanks for line ends. */
    record BulkError(String text) implements RespValue {}

    /** {@code =15}; a bulk string in RESP2, without the format. */
    record VerbatimString(String format, String text) implements RespValue {}

    /** {@code >3}; an array in RESP2, where only subscriptions know it. */
    record Push(List<RespValue> elements) implements RespValue {
        public Push {
            elements = List.copyOf(elements);
        }
    }

    static ArrayValue array(RespValue... elements) {
        return new ArrayValue(List.of(elements));
    }

    static BulkString bulk(String text) {
        return BulkString.of(text);
    }
}
