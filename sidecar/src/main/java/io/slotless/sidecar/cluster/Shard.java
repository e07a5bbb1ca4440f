package io.slotless.sidecar.cluster;

import java.util.Comparator;
import java.util.List;

/**
 * Servers that hold the same slots: one that takes writes, and its replicas.
 *
 * @param replicas kept sorted: nodes of a cluster name them in different orders, and mean the same
 */
public record Shard(Node primary, List<Node> replicas) {

    private static final Comparator<Node> BY_ADDRESS =
            Comparator.comparing(Node::host).thenComparingInt(Node::port);

    public Shard {
        replicas = sorted(replicas);
    }

    static List<Node> sorted(List<Node> replicas) {
        return replicas.stream().sorted(BY_ADDRESS).toList();
    }
}
