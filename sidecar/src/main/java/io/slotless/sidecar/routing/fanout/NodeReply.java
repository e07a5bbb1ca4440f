package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import org.jspecify.annotations.Nullable;

/**
 * What one node said.
 *
 * @param node for people to read
 */
public record NodeReply(String node, Role role, RespValue value) {

    /** What a node is to its shard. */
    public enum Role {
        PRIMARY,
        REPLICA
    }

    /** The text of an error, without the minus; null when it is none. */
    @Nullable
    String error() {
        if (value instanceof RespValue.SimpleError error) {
            return error.text();
        }
        return value instanceof RespValue.BulkError error ? error.text() : null;
    }
}
