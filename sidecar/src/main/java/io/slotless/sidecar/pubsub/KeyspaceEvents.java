package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The channels on which a server tells what happens to its keys. Unlike other messages these stay at the node where they
 * arise (Redis documentation, "Redis keyspace notifications", events in a cluster). Pure.
 */
public final class KeyspaceEvents {

    private static final List<byte[]> PREFIXES = List.of(
            "__keyspace@".getBytes(StandardCharsets.US_ASCII), "__keyevent@".getBytes(StandardCharsets.US_ASCII));

    private KeyspaceEvents() {}

    /** Whether this is the name of such a channel. */
    static boolean isEvent(byte[] channel) {
        return PREFIXES.stream().anyMatch(prefix -> agree(prefix, channel, prefix.length));
    }

    /** Whether this is the name of such a channel. */
    public static boolean isEvent(ByteBuf buffer, int offset, int length) {
        for (byte[] prefix : PREFIXES) {
            int same = 0;
            while (same < prefix.length && same < length && buffer.getByte(offset + same) == prefix[same]) {
                same++;
            }
            if (same == prefix.length) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern may match the name of such a channel: as far as it is plain text, it is the same. */
    static boolean mayMatch(byte[] pattern) {
        int plain = 0;
        while (plain < pattern.length && !isSpecial(pattern[plain])) {
            plain++;
        }
        int text = plain;
        boolean wild = plain < pattern.length;
        return PREFIXES.stream()
                .anyMatch(prefix ->
                        (wild || text >= prefix.length) && agree(prefix, pattern, Math.min(text, prefix.length)));
    }

    private static boolean isSpecial(byte b) {
        return b == '*' || b == '?' || b == '[' || b == '\\';
    }

    private static boolean agree(byte[] prefix, byte[] text, int length) {
        if (text.length < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (prefix[i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
