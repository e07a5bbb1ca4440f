package io.slotless.sidecar.scan;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;
import org.jspecify.annotations.Nullable;

/**
 * What a SCAN asks for, read as Redis 7.0 reads it (db.c, {@code scanGenericCommand}): options in any order and case, of
 * repeated ones the last counts.
 *
 * @param cursor the client's, an unsigned number
 * @param count how many keys a call should bring, about
 * @param match null: every key
 * @param type null: every type
 */
public record ScanRequest(
        long cursor,
        long count,
        @Nullable Glob match,
        @Nullable String type) {

    private static final AsciiString COUNT = AsciiString.cached("count");
    private static final AsciiString MATCH = AsciiString.cached("match");
    private static final AsciiString TYPE = AsciiString.cached("type");

    private static final String SYNTAX = "ERR syntax error";
    private static final long USUAL_COUNT = 10;

    /**
     * Reads a command that has its cursor.
     *
     * @throws ScanException with Redis's own text, if Redis would refuse it
     */
    public static ScanRequest of(CommandFrame frame) {
        long cursor = cursor(frame.buffer(), frame.argumentOffset(1), frame.argumentLength(1));
        long count = USUAL_COUNT;
        Glob match = null;
        String type = null;
        for (int i = 2; i < frame.argumentCount(); i += 2) {
            if (i + 1 == frame.argumentCount()) {
                throw new ScanException(SYNTAX);
            }
            if (frame.argumentEqualsIgnoreCase(i, COUNT)) {
                count = count(frame, i + 1);
            } else if (frame.argumentEqualsIgnoreCase(i, MATCH)) {
                match = Glob.of(frame.buffer(), frame.argumentOffset(i + 1), frame.argumentLength(i + 1));
            } else if (frame.argumentEqualsIgnoreCase(i, TYPE)) {
                type = frame.argument(i + 1);
            } else {
                throw new ScanException(SYNTAX);
            }
        }
        return new ScanRequest(cursor, count, match, type);
    }

    private static long count(CommandFrame frame, int argument) {
        // Both defaults come back only if Redis would not take it for a number.
        long count = frame.argumentAsLong(argument, 0);
        if (count == 0 && frame.argumentAsLong(argument, 1) == 1) {
            throw new ScanException("ERR value is not an integer or out of range");
        }
        if (count < 1) {
            throw new ScanException(SYNTAX);
        }
        return count;
    }

    /** As C's {@code strtoul} does, which Redis 7.0 reads cursors with: a sign, leading zeros, even no digit at all. */
    private static long cursor(ByteBuf in, int offset, int length) {
        int at = offset;
        int end = offset + length;
        boolean negative = at < end && in.getByte(at) == '-';
        if (negative || (at < end && in.getByte(at) == '+')) {
            at++;
        }
        int digits = at;
        long value = 0;
        for (; at < end && isDigit(in.getByte(at)); at++) {
            int digit = in.getByte(at) - '0';
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, 10)) > 0) {
                throw invalidCursor();
            }
            value = value * 10 + digit;
        }
        // It stops at a zero byte, and takes back a sign without a digit.
        int stop = at == digits ? offset : at;
        if (stop < end && in.getByte(stop) != 0) {
            throw invalidCursor();
        }
        return negative ? -value : value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static ScanException invalidCursor() {
        return new ScanException("ERR invalid cursor");
    }
}
