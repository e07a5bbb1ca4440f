package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;

/** Integers as Redis reads and writes them ({@code string2ll}): no plus, no blanks, no leading zeros, no overflow. */
public final class Decimal {

    private Decimal() {}

    /** The integer in these bytes; {@code orElse} if Redis would not take it for one. */
    public static long parse(ByteBuf in, int offset, int length, long orElse) {
        if (length <= 0) {
            return orElse;
        }
        boolean negative = in.getByte(offset) == '-';
        int at = negative ? offset + 1 : offset;
        int end = offset + length;
        if (at == end) {
            return orElse;
        }
        byte first = in.getByte(at);
        if (first == '0') {
            return length == 1 ? 0 : orElse;
        }
        // Summed up below zero, where long reaches one further than above.
        long value = 0;
        for (; at < end; at++) {
            int digit = in.getByte(at) - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                return orElse;
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? orElse : -value;
    }

    /** Digit by digit, without a String. */
    static void write(ByteBuf out, long number) {
        if (number >= 0 && number <= 9) {
            out.writeByte('0' + (int) number);
            return;
        }
        if (number < 0) {
            out.writeByte('-');
        }
        // Below zero long reaches one further than above.
        long rest = number < 0 ? number : -number;
        long divisor = 1;
        while (rest / divisor <= -10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            out.writeByte('0' - (int) (rest / divisor % 10));
        }
    }
}
