package io.slotless.sidecar.scan;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.RespException;
import java.nio.charset.StandardCharsets;

/**
 * A node's reply to SCAN, as far as it must be understood: its keys stay where they are.
 *
 * @param cursor the node's, an unsigned number
 * @param keys how many
 * @param firstKey index of the first key's first byte; they go to the end of the reply
 */
public record ScanReply(long cursor, int keys, int firstKey) {

    /**
     * Reads a complete reply, from the buffer's reader index on, and leaves it as it is.
     *
     * @throws RespException if it is not one to SCAN
     */
    public static ScanReply of(ByteBuf reply) {
        int at = reply.readerIndex();
        int cursorLength = behindLine(reply, at);
        int cursor = behindLine(reply, cursorLength);
        int keys = behindLine(reply, cursor);
        int firstKey = behindLine(reply, keys);
        if (!line(reply, at, cursorLength).equals("*2")
                || reply.getByte(cursorLength) != '$'
                || reply.getByte(keys) != '*') {
            throw notOne();
        }
        try {
            return new ScanReply(
                    Long.parseUnsignedLong(line(reply, cursor, keys)),
                    Integer.parseInt(line(reply, keys + 1, firstKey)),
                    firstKey);
        } catch (NumberFormatException e) {
            throw notOne();
        }
    }

    private static int behindLine(ByteBuf in, int from) {
        int end = in.indexOf(from, in.writerIndex(), (byte) '\n');
        if (end < 0) {
            throw notOne();
        }
        return end + 1;
    }

    /** Without its line end. */
    private static String line(ByteBuf in, int from, int behind) {
        return in.toString(from, behind - from - 2, StandardCharsets.US_ASCII);
    }

    private static RespException notOne() {
        return new RespException("not a reply to SCAN");
    }
}
