package io.slotless.sidecar.routing;

/** Which nodes a command goes to. */
public enum Reach {
    /** The primary of every shard, whoever that is by then. */
    SHARDS,
    /** As {@link #SHARDS}, but over other connections than those on which something may be running. */
    SHARDS_BESIDE,
    /** The primaries that can be reached now: no waiting for one that is away. */
    REACHABLE,
    /** As {@link #SHARDS}, and the replicas that can be reached now. */
    NODES
}
