package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/**
 * The channels on which a server tells what happens to its keys. Unlike other messages these stay at the node where they
 * arise (Redis documentation, "Redis keyspace notifications", events in a cluster). Pure.
 */
final class KeyspaceEvents {

    private static final AsciiString KEYSPACE = AsciiString.cached("__keyspace@");
    private static final AsciiString KEYEVENT = AsciiString.cached("__keyevent@");

    private KeyspaceEvents() {}

    /** Whether this is the name of such a channel. */
    static boolean isEvent(ByteBuf buffer, int offset, int length) {
        return length >= KEYSPACE.length()
                && (agree(KEYSPACE, buffer, offset, KEYSPACE.length())
                        || agree(KEYEVENT, buffer, offset, KEYEVENT.length()));
    }

    /** Whether a pattern may match the name of such a channel: as far as it is plain text, it is the same. */
    static boolean mayMatch(ByteBuf buffer, int offset, int length) {
        int plain = 0;
        while (plain < length && !isSpecial(buffer.getByte(offset + plain))) {
            plain++;
        }
        if (plain == length) {
            return isEvent(buffer, offset, length);
        }
        int compared = Math.min(plain, KEYSPACE.length());
        return agree(KEYSPACE, buffer, offset, compared) || agree(KEYEVENT, buffer, offset, compared);
    }

    private static boolean isSpecial(byte b) {
        return b == '*' || b == '?' || b == '[' || b == '\\';
    }

    private static boolean agree(AsciiString prefix, ByteBuf buffer, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (prefix.byteAt(i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
