package io.slotless.sidecar.cluster;

import io.netty.buffer.ByteBuf;

/**
 * Which of the 16384 slots a key belongs to: CRC16 (XMODEM) of the key, or of its hash tag if it has one, as the
 * <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">cluster specification</a> says.
 */
public final class SlotHash {

    /** How many slots there are. */
    public static final int SLOTS = 16384;

    private static final int POLYNOMIAL = 0x1021;
    private static final int FOUR_OPENING_BRACES = 0x7b7b7b7b;
    /** Of each byte alone, and of each with one, two and three zeros behind it. */
    private static final char[] CRC_OF_BYTE = crcTable();

    private SlotHash() {}

    /** The slot of the key at these absolute indices; no index of the buffer changes. */
    public static int slot(ByteBuf buffer, int offset, int length) {
        int end = offset + length;
        int crc = 0;
        int at = offset;
        while (at + Integer.BYTES <= end) {
            int four = buffer.getInt(at);
            if (hasOpeningBrace(four)) {
                break;
            }
            crc = next(crc, four);
            at += Integer.BYTES;
        }
        for (; at < end; at++) {
            byte b = buffer.getByte(at);
            if (b == '{') {
                return crcFromBrace(buffer, offset, at, end) % SLOTS;
            }
            crc = next(crc, b);
        }
        return crc % SLOTS;
    }

    /** Only the first opening brace counts, and the first closing one behind it, if anything is between them. */
    private static int crcFromBrace(ByteBuf buffer, int start, int brace, int end) {
        int crc = 0;
        for (int at = brace + 1; at < end; at++) {
            byte b = buffer.getByte(at);
            if (b == '}') {
                return at == brace + 1 ? crc(buffer, start, end) : crc;
            }
            crc = next(crc, b);
        }
        return crc(buffer, start, end);
    }

    private static int crc(ByteBuf buffer, int start, int end) {
        int crc = 0;
        for (int at = start; at < end; at++) {
            crc = next(crc, buffer.getByte(at));
        }
        return crc;
    }

    /**
     * Whether one of the four bytes is an opening brace, and so is zero in {@code zeroed}: of the bytes without a highest bit, only
     * zero has one when 1 is taken away.
     */
    private static boolean hasOpeningBrace(int four) {
        int zeroed = four ^ FOUR_OPENING_BRACES;
        return (zeroed - 0x01010101 & ~zeroed & 0x80808080) != 0;
    }

    /** Four bytes at once: of look-ups that wait for each other, four can be underway. */
    private static int next(int crc, int four) {
        int bytes = four ^ crc << 16;
        return CRC_OF_BYTE[3 * 256 + (bytes >>> 24)]
                ^ CRC_OF_BYTE[2 * 256 + (bytes >>> 16 & 0xff)]
                ^ CRC_OF_BYTE[256 + (bytes >>> 8 & 0xff)]
                ^ CRC_OF_BYTE[bytes & 0xff];
    }

    private static int next(int crc, byte b) {
        return (crc << 8 & 0xffff) ^ CRC_OF_BYTE[(crc >>> 8 ^ b) & 0xff];
    }

    private static char[] crcTable() {
        char[] table = new char[4 * 256];
        for (int value = 0; value < 256; value++) {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[value] = (char) crc;
        }
        for (int at = 256; at < table.length; at++) {
            int shorter = table[at - 256];
            table[at] = (char) (shorter << 8 ^ table[shorter >>> 8]);
        }
        return table;
    }
}
