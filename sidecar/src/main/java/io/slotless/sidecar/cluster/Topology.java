package io.slotless.sidecar.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who serves which slot. Immutable. A single Redis is a topology too: of one shard that owns everything.
 *
 * <p>Two are equal if every slot is served by an equal shard and no shard is only in one of them; the order of the shards does
 * not count.
 */
public final class Topology {

    /** {@link #shardIndexOf} of a slot that nobody serves. */
    public static final int UNCOVERED = -1;

    private static final short[] ALL_IN_FIRST_SHARD = new short[SlotHash.SLOTS];

    private final List<Shard> shards;
    private final short[] shardOfSlot;
    private final boolean single;
    private final int covered;

    private Topology(List<Shard> shards, short[] shardOfSlot, boolean single) {
        this.shards = List.copyOf(shards);
        this.shardOfSlot = shardOfSlot;
        this.single = single;
        int count = 0;
        for (short shard : shardOfSlot) {
            count += shard == UNCOVERED ? 0 : 1;
        }
        this.covered = count;
    }

    /** One server without cluster support, or one that we let answer for all slots. */
    public static Topology single(Node node) {
        return new Topology(List.of(new Shard(node, List.of())), ALL_IN_FIRST_SHARD, true);
    }

    /** One shard per primary, however many ranges it has, in the order in which the primaries first occur. */
    public static Topology of(List<SlotRange> ranges) {
        Map<Node, Integer> indexOfPrimary = new LinkedHashMap<>();
        List<Set<Node>> replicas = new ArrayList<>();
        short[] shardOfSlot = new short[SlotHash.SLOTS];
        Arrays.fill(shardOfSlot, (short) UNCOVERED);
        for (SlotRange range : ranges) {
            int index = indexOfPrimary.computeIfAbsent(range.primary(), primary -> indexOfPrimary.size());
            if (index == replicas.size()) {
                replicas.add(new LinkedHashSet<>());
            }
            replicas.get(index).addAll(range.replicas());
            Arrays.fill(shardOfSlot, range.first(), range.last() + 1, (short) index);
        }
        List<Shard> shards = new ArrayList<>();
        indexOfPrimary.forEach((primary, index) -> shards.add(new Shard(primary, List.copyOf(replicas.get(index)))));
        return new Topology(shards, shardOfSlot, false);
    }

    public @Nullable Shard shardOf(int slot) {
        int index = shardOfSlot[slot];
        return index == UNCOVERED ? null : shards.get(index);
    }

    /** Index into {@link #shards()}, or {@link #UNCOVERED}. */
    public int shardIndexOf(int slot) {
        return shardOfSlot[slot];
    }

    /** The shards that serve at least one slot, or did before {@link #withMoved}. */
    public List<Shard> shards() {
        return shards;
    }

    public boolean coversAllSlots() {
        return covered == SlotHash.SLOTS;
    }

    /** Whether this is one server rather than a cluster, even a cluster of one. */
    public boolean single() {
        return single;
    }

    /** All primaries and replicas. */
    public Set<Node> nodes() {
        Set<Node> nodes = new LinkedHashSet<>();
        for (Shard shard : shards) {
            nodes.add(shard.primary());
            nodes.addAll(shard.replicas());
        }
        return nodes;
    }

    /**
     * What a {@code MOVED} teaches, until the whole topology is asked for again. The indices of the other shards stay. A node
     * that was no primary so far becomes a shard of its own: whose replicas are now its own is not known yet.
     */
    public Topology withMoved(int slot, Node primary) {
        Shard current = shardOf(slot);
        if (current != null && current.primary().equals(primary)) {
            return this;
        }
        int index = 0;
        while (index < shards.size() && !shards.get(index).primary().equals(primary)) {
            index++;
        }
        List<Shard> known = shards;
        if (index == shards.size()) {
            known = new ArrayList<>(shards);
            known.add(new Shard(primary, List.of()));
        }
        short[] moved = shardOfSlot.clone();
        moved[slot] = (short) index;
        return new Topology(known, moved, false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Topology that
                && single == that.single
                && Set.copyOf(shards).equals(Set.copyOf(that.shards))
                && sameSlots(that);
    }

    /** Once the shards are known to be the same: whose index is whose is found out for each shard, not for each slot. */
    private boolean sameSlots(Topology that) {
        Map<Node, Integer> theirIndex = new HashMap<>();
        for (Shard shard : that.shards) {
            theirIndex.put(shard.primary(), theirIndex.size());
        }
        int[] expected =
                shards.stream().map(Shard::primary).mapToInt(theirIndex::get).toArray();
        for (int slot = 0; slot < SlotHash.SLOTS; slot++) {
            int mine = shardOfSlot[slot];
            if (that.shardOfSlot[slot] != (mine == UNCOVERED ? UNCOVERED : expected[mine])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Set.copyOf(shards).hashCode();
    }

    @Override
    public String toString() {
        return single
                ? "Topology[single " + shards.get(0).primary() + "]"
                : "Topology[" + covered + " slots, " + shards + "]";
    }
}
