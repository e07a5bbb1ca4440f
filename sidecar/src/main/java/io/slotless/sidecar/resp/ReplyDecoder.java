package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;

/**
 * Finds where the replies of a server end, without copying and without seeing a byte twice. It keeps nothing of what it has
 * seen but a few numbers, however long and however deeply nested a reply is: of the aggregates only the count of elements
 * still to come matters. RESP2 and RESP3, without RESP3's streamed types, which no server sends. One per upstream connection;
 * not thread-safe.
 *
 * <p>Attributes in front of a reply belong to it; a push is a frame of its own.
 */
public final class ReplyDecoder {

    /** What {@link #scan} returns when the bytes are not RESP; nothing can be read from this connection any more. */
    public static final int PROTOCOL_ERROR = -1;

    private enum Position {
        TYPE,
        /** In a line whose text does not matter. */
        LINE,
        LINE_FEED,
        LENGTH_SIGN,
        LENGTH,
        LENGTH_LINE_FEED,
        BODY,
        BODY_RETURN,
        BODY_LINE_FEED,
        BROKEN
    }

    /** A length above this is no length; below it, adding a digit cannot overflow. */
    private static final long MAX_LENGTH = Long.MAX_VALUE / 100;

    /** {@code $0} with its line end and the body's: as much can be read before the length is known. */
    private static final int SMALLEST_BULK = 6;

    private Position position = Position.TYPE;
    /** Values of the current reply still to come, the one being read included. */
    private long pending = 1;

    private boolean complete;
    private byte replyType;
    private byte valueType;
    private boolean negative;
    /** Of the body or of the aggregate being read; then the bytes of the body still to come. */
    private long length;

    /**
     * Goes on with the current reply, or begins the next one if the last was complete.
     *
     * @return the index behind the last byte looked at: behind the reply if it is {@link #complete()}, else {@code to}; or
     *     {@link #PROTOCOL_ERROR}
     */
    public int scan(ByteBuf in, int from, int to) {
        if (complete) {
            complete = false;
            pending = 1;
            replyType = 0;
            valueType = 0;
        }
        int at = from;
        int wholeEnd;
        while (at < to && !complete) {
            if (position == Position.BODY) {
                at = skipBody(at, to);
            } else if (position == Position.TYPE && (wholeEnd = wholeBulk(in, at, to)) > 0) {
                at = wholeEnd;
            } else {
                step(in.getByte(at++));
                if (position == Position.BROKEN) {
                    return PROTOCOL_ERROR;
                }
            }
        }
        return position == Position.BROKEN ? PROTOCOL_ERROR : at;
    }

    /** Whether the last {@link #scan} came to the end of a reply. */
    public boolean complete() {
        return complete;
    }

    /** First byte of the current reply, or of the one just completed, attributes skipped; 0 before it is there. */
    public byte type() {
        return replyType;
    }

    /** Whether a reply has begun and not ended. */
    public boolean withinReply() {
        return !complete && valueType != 0;
    }

    /**
     * Bulk strings of less than 10,000 bytes that are all there, read at once: most of what servers send.
     *
     * @return the index behind it; 0 if the general way must be gone
     */
    private int wholeBulk(ByteBuf in, int at, int to) {
        if (to - at < SMALLEST_BULK || in.getByte(at) != '$') {
            return 0;
        }
        int size = 0;
        int next = at + 1;
        byte b = in.getByte(next++);
        for (int digits = 0; b >= '0' && b <= '9' && digits < 4; digits++) {
            size = 10 * size + (b - '0');
            b = in.getByte(next++);
        }
        int end = next + 1 + size + 2;
        if (b != '\r'
                || next - at < 3
                || end > to
                || in.getByte(next) != '\n'
                || in.getByte(end - 2) != '\r'
                || in.getByte(end - 1) != '\n') {
            return 0;
        }
        type((byte) '$');
        endOfValue();
        return end;
    }

    private void step(byte b) {
        switch (position) {
            case TYPE -> type(b);
            case LINE -> position = b == '\r' ? Position.LINE_FEED : Position.LINE;
            case LINE_FEED -> lineFeed(b);
            case LENGTH_SIGN -> lengthSign(b);
            case LENGTH -> length(b);
            case LENGTH_LINE_FEED -> lengthLineFeed(b);
            case BODY_RETURN -> position = b == '\r' ? Position.BODY_LINE_FEED : Position.BROKEN;
            case BODY_LINE_FEED -> {
                if (b == '\n') {
                    endOfValue();
                } else {
                    position = Position.BROKEN;
                }
            }
            case BODY, BROKEN -> position = Position.BROKEN;
        }
    }

    private void type(byte b) {
        valueType = b;
        if (replyType == 0 && pending == 1 && b != '|') {
            replyType = b;
        }
        position = switch (b) {
            case '+', '-', ':', ',', '(', '#', '_' -> Position.LINE;
            case '$', '*', '=', '!', '%', '~', '>', '|' -> Position.LENGTH_SIGN;
            default -> Position.BROKEN;
        };
        length = 0;
        negative = false;
    }

    private void lineFeed(byte b) {
        if (b == '\n') {
            endOfValue();
        } else if (b != '\r') {
            position = Position.LINE;
        }
    }

    private void lengthSign(byte b) {
        if (b == '-') {
            negative = true;
            position = Position.LENGTH;
        } else if (b == '\r') {
            position = Position.BROKEN;
        } else {
            length(b);
        }
    }

    private void length(byte b) {
        if (b >= '0' && b <= '9' && length <= MAX_LENGTH) {
            length = 10 * length + (b - '0');
            position = Position.LENGTH;
        } else {
            position = b == '\r' ? Position.LENGTH_LINE_FEED : Position.BROKEN;
        }
    }

    private void lengthLineFeed(byte b) {
        boolean bulk = valueType == '$' || valueType == '=' || valueType == '!';
        boolean none = length == 1 && (valueType == '$' || valueType == '*');
        if (b != '\n' || (negative && !none)) {
            position = Position.BROKEN;
        } else if (negative) {
            endOfValue();
        } else if (bulk) {
            position = length == 0 ? Position.BODY_RETURN : Position.BODY;
        } else {
            aggregate();
        }
    }

    private void aggregate() {
        long values = valueType == '%' || valueType == '|' ? 2 * length : length;
        pending += values;
        if (values < 0 || pending < 0) {
            position = Position.BROKEN;
        } else if (valueType == '|') {
            position = Position.TYPE;
        } else {
            endOfValue();
        }
    }

    private int skipBody(int at, int to) {
        int skipped = (int) Math.min(length, to - at);
        length -= skipped;
        if (length == 0) {
            position = Position.BODY_RETURN;
        }
        return at + skipped;
    }

    private void endOfValue() {
        pending--;
        complete = pending == 0;
        position = Position.TYPE;
    }
}
