package io.slotless.sidecar.pubsub;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.scan.Glob;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The channels on which a server tells what happens to its keys. Unlike other messages these stay at the node where they
 * arise (Redis documentation, "Redis keyspace notifications", events in a cluster). Pure.
 */
final class KeyspaceEvents {

    private static final List<byte[]> BEGINNINGS = List.of(
            "__keyspace@".getBytes(StandardCharsets.US_ASCII), "__keyevent@".getBytes(StandardCharsets.US_ASCII));

    private KeyspaceEvents() {}

    /** Whether this is the name of such a channel. */
    static boolean isEvent(ByteBuf buffer, int offset, int length) {
        return BEGINNINGS.stream().anyMatch(beginning -> begins(beginning, buffer, offset, length));
    }

    /** Whether a pattern may match the name of such a channel. */
    static boolean mayMatch(byte[] pattern) {
        Glob glob = Glob.of(pattern);
        return BEGINNINGS.stream().anyMatch(glob::mayMatchBehind);
    }

    private static boolean begins(byte[] beginning, ByteBuf buffer, int offset, int length) {
        int same = 0;
        while (same < beginning.length && same < length && beginning[same] == buffer.getByte(offset + same)) {
            same++;
        }
        return same == beginning.length;
    }
}
