package io.slotless.sidecar.cluster;

import java.util.List;

/** Servers that hold the same slots: one that takes writes, and its replicas. */
public record Shard(Node primary, List<Node> replicas) {

    public Shard {
        replicas = List.copyOf(replicas);
    }
}
