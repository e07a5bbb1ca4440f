package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Shard;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.scan.ClusterView;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The topology in use on one event loop: who owns which slot, and whether that has changed. */
public final class SlotOwners {

    private @Nullable Topology topology;
    /** A slot of each shard: what goes to a shard, or to any, goes by slot, and so follows a failover. */
    private int[] slotOfShard = new int[0];

    private int version;
    private @Nullable ClusterView view;

    /**
     * Changes whenever slots change hands: a command sent after that could overtake one sent before it, which the old
     * owner sends on.
     */
    int version() {
        return version;
    }

    void use(Topology newTopology) {
        topology = newTopology;
        version++;
        view = null;
        slotOfShard = firstSlots(newTopology);
    }

    /** Learns from a MOVED what the next topology will say. */
    void moved(int slot, Node node) {
        Topology known = topology;
        if (known != null && !node.equals(primary(slot))) {
            topology = known.withMoved(slot, node);
            version++;
            view = null;
        }
    }

    /** What is known of who owns which slot; null before anything is. */
    @Nullable
    public Topology topology() {
        return topology;
    }

    /** The last of {@link #viewed}, while it may still be true; null when there is none. */
    @Nullable
    public ClusterView view() {
        return view;
    }

    /** The primaries were asked how they see themselves. */
    public void viewed(ClusterView newView) {
        view = newView;
    }

    /** The primary of a slot; null when none is known. */
    @Nullable
    public Node primary(int slot) {
        if (topology == null) {
            return null;
        }
        Shard shard = topology.shardOf(slot);
        return shard == null ? null : shard.primary();
    }

    /**
     * The index of the shard that owns a slot, below {@link #shardCount}; it holds until the {@link #version} changes.
     * Negative when none is known.
     */
    int shard(int slot) {
        return topology == null ? Topology.UNCOVERED : topology.shardIndexOf(slot);
    }

    int shardCount() {
        return topology == null ? 0 : topology.shards().size();
    }

    /** The primary of each shard. */
    public List<Node> primaries() {
        return topology == null
                ? List.of()
                : Arrays.stream(slotOfShard)
                        .mapToObj(this::primary)
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** A slot of each shard; empty while the topology is not known. */
    public int[] ofEachShard() {
        return slotOfShard;
    }

    /** A slot of some shard; 0 while the topology is not known. */
    public int any() {
        return switch (slotOfShard.length) {
            case 0 -> 0;
            case 1 -> slotOfShard[0];
            default -> slotOfShard[ThreadLocalRandom.current().nextInt(slotOfShard.length)];
        };
    }

    /**
     * The slot whose primary is where channels and patterns live, and where messages to them are published: at one node they
     * keep their order, and it knows how many get them.
     */
    public int home() {
        return primary(0) != null || slotOfShard.length == 0
                ? 0
                : Arrays.stream(slotOfShard).min().getAsInt();
    }

    private static int[] firstSlots(Topology topology) {
        int[] slots = new int[topology.shards().size()];
        Arrays.fill(slots, Topology.UNCOVERED);
        for (int slot = SlotHash.SLOTS - 1; slot >= 0; slot--) {
            int shard = topology.shardIndexOf(slot);
            if (shard != Topology.UNCOVERED) {
                slots[shard] = slot;
            }
        }
        return Arrays.stream(slots).filter(slot -> slot != Topology.UNCOVERED).toArray();
    }
}
