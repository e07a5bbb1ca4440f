package io.slotless.sidecar.pubsub;

import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.resp.RespValue.BulkString;

/** One thing that a client is subscribed to. */
public record Subscription(SubscriptionKind kind, BulkString name) {

    /** The slot that a shard channel belongs to. */
    public int slot() {
        return SlotHash.slot(Unpooled.wrappedBuffer(name.bytes()), 0, name.bytes().length);
    }

    /** Whether it brings what each node of a cluster tells of itself only, so that every primary must be listened to. */
    public boolean isOfEveryNode() {
        return switch (kind) {
            case CHANNEL -> KeyspaceEvents.isEvent(Unpooled.wrappedBuffer(name.bytes()), 0, name.bytes().length);
            case PATTERN -> KeyspaceEvents.mayMatch(name.bytes());
            case SHARD -> false;
        };
    }
}
