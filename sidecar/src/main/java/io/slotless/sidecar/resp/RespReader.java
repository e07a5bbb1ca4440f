package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BigNumber;
import io.slotless.sidecar.resp.RespValue.BooleanValue;
import io.slotless.sidecar.resp.RespValue.BulkError;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.DoubleValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.Push;
import io.slotless.sidecar.resp.RespValue.SetValue;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import io.slotless.sidecar.resp.RespValue.VerbatimString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns complete replies into objects. Attributes are skipped: they change nothing about the value. */
public final class RespReader {

    /** Fewest bytes of any value: {@code _\r\n}. */
    private static final int MIN_VALUE_LENGTH = 3;

    private static final int VERBATIM_FORMAT_LENGTH = 3;

    private final RespLimits limits;

    public RespReader(RespLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads one value and moves the reader index behind it. The value holds no reference to the buffer.
     *
     * @throws RespException if the bytes are not one complete value, or it is deeper than the limit
     */
    public RespValue read(ByteBuf in) {
        return read(in, 0);
    }

    private RespValue read(ByteBuf in, int depth) {
        byte type = typeBehindAttributes(in, depth);
        return switch (type) {
            case '+' -> new SimpleString(line(in));
            case '-' -> new SimpleError(line(in));
            case ':' -> new IntegerValue(integer(in));
            case '$' -> bulkString(in);
            case '*' -> array(in, depth);
            case '_' -> nothing(in);
            case ',' -> new DoubleValue(line(in));
            case '#' -> bool(line(in));
            case '(' -> new BigNumber(line(in));
            case '!' -> new BulkError(new String(body(in, count(in)), StandardCharsets.UTF_8));
            case '=' -> verbatim(new String(body(in, count(in)), StandardCharsets.UTF_8));
            case '%' -> new MapValue(entries(in, count(in), depth));
            case '~' -> new SetValue(elements(in, count(in), depth));
            case '>' -> new Push(elements(in, count(in), depth));
            default -> throw new RespException("not the first byte of a RESP value: " + type);
        };
    }

    private byte typeBehindAttributes(ByteBuf in, int depth) {
        byte type = firstByte(in);
        while (type == '|') {
            entries(in, count(in), depth);
            type = firstByte(in);
        }
        return type;
    }

    private static byte firstByte(ByteBuf in) {
        if (!in.isReadable()) {
            throw new RespException("value is cut off");
        }
        return in.readByte();
    }

    private static RespValue bulkString(ByteBuf in) {
        long length = integer(in);
        return length == -1 ? NullValue.BULK_STRING : new BulkString(body(in, length));
    }

    private RespValue array(ByteBuf in, int depth) {
        long count = integer(in);
        return count == -1 ? NullValue.ARRAY : new ArrayValue(elements(in, count, depth));
    }

    private List<RespValue> elements(ByteBuf in, long count, int depth) {
        int size = checkedAggregate(in, count, 1, depth);
        List<RespValue> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(read(in, depth + 1));
        }
        return elements;
    }

    private List<Map.Entry<RespValue, RespValue>> entries(ByteBuf in, long count, int depth) {
        int size = checkedAggregate(in, count, 2, depth);
        List<Map.Entry<RespValue, RespValue>> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry(read(in, depth + 1), read(in, depth + 1)));
        }
        return entries;
    }

    /** Before room is made for the elements: they can be no more than the bytes that are there allow. */
    private int checkedAggregate(ByteBuf in, long count, int valuesPerElement, int depth) {
        if (depth >= limits.maxDepth()) {
            throw new RespException("nested deeper than " + limits.maxDepth());
        }
        if (count < 0 || count > in.readableBytes() / (MIN_VALUE_LENGTH * valuesPerElement)) {
            throw new RespException("aggregate is cut off, or its length is wrong: " + count);
        }
        return (int) count;
    }

    private static RespValue nothing(ByteBuf in) {
        if (!line(in).isEmpty()) {
            throw new RespException("a null has no text");
        }
        return NullValue.BULK_STRING;
    }

    private static BooleanValue bool(String text) {
        return switch (text) {
            case "t" -> new BooleanValue(true);
            case "f" -> new BooleanValue(false);
            default -> throw new RespException("neither true nor false: " + text);
        };
    }

    private static VerbatimString verbatim(String body) {
        if (body.length() <= VERBATIM_FORMAT_LENGTH || body.charAt(VERBATIM_FORMAT_LENGTH) != ':') {
            throw new RespException("a verbatim string without its format");
        }
        return new VerbatimString(
                body.substring(0, VERBATIM_FORMAT_LENGTH), body.substring(VERBATIM_FORMAT_LENGTH + 1));
    }

    private static byte[] body(ByteBuf in, long length) {
        if (length < 0 || length > in.readableBytes() - 2) {
            throw new RespException("bulk is cut off, or its length is wrong: " + length);
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), (int) length);
        in.skipBytes((int) length);
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw new RespException("bulk is longer than it says");
        }
        return bytes;
    }

    private static long count(ByteBuf in) {
        return integer(in);
    }

    private static long integer(ByteBuf in) {
        int length = lineLength(in);
        int start = in.readerIndex();
        in.skipBytes(length + 2);
        long value = Decimal.parse(in, start, length, 0);
        if (value == 0 && !(length == 1 && in.getByte(start) == '0')) {
            throw new RespException("not an integer: " + in.toString(start, length, StandardCharsets.UTF_8));
        }
        return value;
    }

    private static String line(ByteBuf in) {
        int length = lineLength(in);
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length + 2);
        return text;
    }

    private static int lineLength(ByteBuf in) {
        int end = in.readerIndex();
        while (true) {
            end = in.indexOf(end, in.writerIndex(), (byte) '\n');
            if (end < 0) {
                throw new RespException("line is cut off");
            }
            if (end > in.readerIndex() && in.getByte(end - 1) == '\r') {
                return end - 1 - in.readerIndex();
            }
            end++;
        }
    }
}
