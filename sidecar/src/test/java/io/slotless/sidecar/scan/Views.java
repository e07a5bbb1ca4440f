package io.slotless.sidecar.scan;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotRange;
import io.slotless.sidecar.cluster.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Clusters as their nodes might see themselves. */
final class Views {

    private Views() {}

    /** As many shards, which all else follows from the seed. */
    static ClusterView ofShards(int shards, long seed) {
        Random random = new Random(seed);
        List<NodeView> nodes = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            BitSet slots = new BitSet();
            slots.set(16_384 * i / shards, 16_384 * (i + 1) / shards);
            nodes.add(node(Long.toHexString(random.nextLong()), "process-" + random.nextLong(), i, slots));
        }
        return new ClusterView(nodes, everythingServed());
    }

    static NodeView node(String id, String process, long epoch, BitSet slots) {
        return new NodeView(new Node(id, 6379), id, process, epoch, slots, Map.of(), false);
    }

    static Topology everythingServed() {
        return Topology.of(List.of(new SlotRange(0, 16_383, new Node("somebody", 1), List.of())));
    }
}
