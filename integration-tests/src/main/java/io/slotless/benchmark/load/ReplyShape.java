package io.slotless.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a reply must look like: literal bytes, each followed by bytes that may be anything. An error, or a value of another
 * length, does not fit.
 */
final class ReplyShape {

    static final ReplyShape OK = new ReplyShape(new byte[][] {ascii("+OK\r\n")}, new int[] {0});

    private final byte[][] literals;
    private final int[] anything;

    private ReplyShape(byte[][] literals, int[] anything) {
        this.literals = literals;
        this.anything = anything;
    }

    /** A bulk string of so many bytes. */
    static ReplyShape bulk(int bytes) {
        return new ReplyShape(new byte[][] {ascii("$" + bytes + "\r\n"), ascii("\r\n")}, new int[] {bytes, 0});
    }

    /** An array of bulk strings of so many bytes each. */
    static ReplyShape bulks(int count, int bytes) {
        byte[][] literals = new byte[count + 1][];
        int[] anything = new int[count + 1];
        Arrays.fill(literals, ascii("\r\n$" + bytes + "\r\n"));
        Arrays.fill(anything, bytes);
        literals[0] = ascii("*" + count + "\r\n$" + bytes + "\r\n");
        literals[count] = ascii("\r\n");
        anything[count] = 0;
        return new ReplyShape(literals, anything);
    }

    int pieces() {
        return literals.length;
    }

    byte[] literal(int piece) {
        return literals[piece];
    }

    /** Bytes of any kind behind a literal. */
    int anything(int piece) {
        return anything[piece];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
