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
import java.util.List;
import java.util.Map;

/**
 * Writes RESP. What RESP2 does not have is written as Redis's {@code addReply…} functions write it for a RESP2 client. The
 * static methods write single pieces without making objects.
 */
public final class RespWriter {

    private static final int CRLF = '\r' << 8 | '\n';

    private final ProtocolVersion version;

    public RespWriter(ProtocolVersion version) {
        this.version = version;
    }

    public void write(ByteBuf out, RespValue value) {
        if (value instanceof BulkString bulk) {
            writeBulkString(out, bulk.bytes());
        } else if (value instanceof SimpleString simple) {
            writeLine(out, '+', simple.text());
        } else if (value instanceof IntegerValue integer) {
            writeInteger(out, integer.value());
        } else if (value instanceof SimpleError error) {
            writeError(out, error.text());
        } else if (value instanceof NullValue nothing) {
            writeNull(out, nothing, version);
        } else if (value instanceof ArrayValue array) {
            elements(out, '*', array.elements());
        } else if (value instanceof SetValue set) {
            elements(out, isResp3() ? '~' : '*', set.elements());
        } else if (value instanceof Push push) {
            elements(out, isResp3() ? '>' : '*', push.elements());
        } else if (value instanceof MapValue map) {
            entries(out, map.entries());
        } else {
            writeResp3Scalar(out, value);
        }
    }

    private void writeResp3Scalar(ByteBuf out, RespValue value) {
        if (value instanceof BooleanValue bool) {
            writeBoolean(out, bool);
        } else if (value instanceof DoubleValue number) {
            lineOrBulk(out, ',', number.text());
        } else if (value instanceof BigNumber number) {
            lineOrBulk(out, '(', number.text());
        } else if (value instanceof VerbatimString verbatim) {
            writeVerbatim(out, verbatim);
        } else if (value instanceof BulkError error) {
            writeBulkError(out, error);
        } else {
            throw new IllegalArgumentException("no RESP for " + value.getClass());
        }
    }

    private void elements(ByteBuf out, char type, List<RespValue> elements) {
        writeHeader(out, type, elements.size());
        for (RespValue element : elements) {
            write(out, element);
        }
    }

    private void entries(ByteBuf out, List<Map.Entry<RespValue, RespValue>> entries) {
        writeMapHeader(out, entries.size(), version);
        for (Map.Entry<RespValue, RespValue> entry : entries) {
            write(out, entry.getKey());
            write(out, entry.getValue());
        }
    }

    private void writeBoolean(ByteBuf out, BooleanValue bool) {
        if (isResp3()) {
            writeLine(out, '#', bool.value() ? "t" : "f");
        } else {
            writeInteger(out, bool.value() ? 1 : 0);
        }
    }

    private void writeVerbatim(ByteBuf out, VerbatimString verbatim) {
        if (isResp3()) {
            writeBulk(out, '=', (verbatim.format() + ":" + verbatim.text()).getBytes(StandardCharsets.UTF_8));
        } else {
            writeBulkString(out, verbatim.text());
        }
    }

    private void writeBulkError(ByteBuf out, BulkError error) {
        if (isResp3()) {
            writeBulk(out, '!', error.text().getBytes(StandardCharsets.UTF_8));
        } else {
            writeError(out, error.text());
        }
    }

    private void lineOrBulk(ByteBuf out, char type, String text) {
        if (isResp3()) {
            writeLine(out, type, text);
        } else {
            writeBulkString(out, text);
        }
    }

    private boolean isResp3() {
        return version == ProtocolVersion.RESP3;
    }

    public static void writeArrayHeader(ByteBuf out, int elements) {
        writeHeader(out, '*', elements);
    }

    /** A map, or in RESP2 an array of twice as many elements. */
    public static void writeMapHeader(ByteBuf out, int entries, ProtocolVersion version) {
        if (version == ProtocolVersion.RESP3) {
            writeHeader(out, '%', entries);
        } else {
            writeHeader(out, '*', 2L * entries);
        }
    }

    public static void writeBulkString(ByteBuf out, byte[] bytes) {
        writeBulk(out, '$', bytes);
    }

    /** Copies the bytes out of another buffer, whose indices stay as they are. */
    public static void writeBulkString(ByteBuf out, ByteBuf source, int offset, int length) {
        writeHeader(out, '$', length);
        out.writeBytes(source, offset, length);
        out.writeShort(CRLF);
    }

    /** In UTF-8. */
    public static void writeBulkString(ByteBuf out, CharSequence text) {
        writeHeader(out, '$', ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
        out.writeShort(CRLF);
    }

    public static void writeSimpleString(ByteBuf out, CharSequence text) {
        writeLine(out, '+', text);
    }

    /**
     * An error; line ends in it become blanks, as in Redis.
     *
     * @param text with its code ("ERR …"), without the minus
     */
    public static void writeError(ByteBuf out, CharSequence text) {
        writeLine(out, '-', text);
    }

    public static void writeInteger(ByteBuf out, long value) {
        writeHeader(out, ':', value);
    }

    public static void writeNull(ByteBuf out, NullValue value, ProtocolVersion version) {
        if (version == ProtocolVersion.RESP3) {
            writeLine(out, '_', "");
        } else {
            writeHeader(out, value == NullValue.ARRAY ? '*' : '$', -1);
        }
    }

    private static void writeBulk(ByteBuf out, char type, byte[] bytes) {
        writeHeader(out, type, bytes.length);
        out.writeBytes(bytes);
        out.writeShort(CRLF);
    }

    /** A line cannot hold a line end: it would be taken for the end of the value and put all later replies out of step. */
    private static void writeLine(ByteBuf out, char type, CharSequence text) {
        out.writeByte(type);
        int start = out.writerIndex();
        ByteBufUtil.writeUtf8(out, text);
        for (int at = start; at < out.writerIndex(); at++) {
            byte b = out.getByte(at);
            if (b == '\r' || b == '\n') {
                out.setByte(at, ' ');
            }
        }
        out.writeShort(CRLF);
    }

    private static void writeHeader(ByteBuf out, char type, long number) {
        out.writeByte(type);
        Decimal.write(out, number);
        out.writeShort(CRLF);
    }
}
