package io.slotless.sidecar.scan;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.cluster.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cluster as its primaries see themselves, each asked at about the same time. Two views with the same {@link
 * #fingerprint} that are both {@link #isSettled settled} have no change between them: a slot that goes to another node and
 * comes back leaves its trace in the config epochs (cluster.c: {@code clusterBumpConfigEpochWithoutConsensus}), a node
 * that was started anew in its process. Only a move that was begun and taken back in between, by hand, leaves none.
 */
public final class ClusterView {

    /** How many there are. */
    public static final int SLOTS = SlotHash.SLOTS;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIXER = 0xd6e8feb86659fd93L;

    private final List<NodeView> nodes;
    private final Topology topology;
    private final long fingerprint;
    private final boolean settled;

    /**
     * @param nodes what the primaries say
     * @param topology what the cluster is said to be, for slots that none of them owns
     */
    public ClusterView(List<NodeView> nodes, Topology topology) {
        // While slots move one node may have been asked for two of them; the last answer counts.
        Map<String, NodeView> byId = new TreeMap<>();
        nodes.stream().filter(node -> !node.slots().isEmpty()).forEach(node -> byId.put(node.id(), node));
        this.nodes = List.copyOf(byId.values());
        this.topology = topology;
        this.fingerprint = fingerprint(this.nodes);
        this.settled = settled(this.nodes, topology);
    }

    /** How many primaries own slots. They are counted in the order of their ids: the same for everyone who asks. */
    public int shards() {
        return nodes.size();
    }

    /** The first slot of a shard. */
    public int slotOf(int shard) {
        return nodes.get(shard).slots().nextSetBit(0);
    }

    /** Ids, processes, config epochs and slots of the primaries. */
    public long fingerprint() {
        return fingerprint;
    }

    /** Whether every slot has one owner and none is on its way. */
    public boolean isSettled() {
        return settled;
    }

    /** As {@link #fingerprint}, of who owns one slot, whatever other slots they own. */
    public long fingerprintOf(int slot) {
        long hash = FNV_OFFSET;
        for (NodeView owner : owners(slot)) {
            hash = add(hash, owner);
        }
        return mix(hash);
    }

    private List<NodeView> owners(int slot) {
        List<NodeView> owners = new ArrayList<>(1);
        for (NodeView node : nodes) {
            if (node.slots().get(slot)) {
                owners.add(node);
            }
        }
        return owners;
    }

    /** Where the keys of a slot are. */
    public SlotSource source(int slot) {
        List<NodeView> owners = owners(slot);
        if (owners.size() > 1) {
            return SlotSource.Unclear.IT;
        }
        if (owners.isEmpty()) {
            return topology.shardIndexOf(slot) == Topology.UNCOVERED ? SlotSource.Nowhere.IT : SlotSource.Unclear.IT;
        }
        NodeView owner = owners.get(0);
        Node target = owner.migrating().get(slot);
        return target == null
                ? new SlotSource.Settled(owner.node(), owner.id())
                : new SlotSource.Moving(owner.node(), owner.id(), target);
    }

    private static boolean settled(List<NodeView> nodes, Topology topology) {
        BitSet owned = new BitSet(SLOTS);
        for (NodeView node : nodes) {
            if (!node.migrating().isEmpty() || node.importing() || owned.intersects(node.slots())) {
                return false;
            }
            owned.or(node.slots());
        }
        for (int slot = owned.nextClearBit(0); slot < SLOTS; slot = owned.nextClearBit(slot + 1)) {
            if (topology.shardIndexOf(slot) != Topology.UNCOVERED) {
                return false;
            }
        }
        return true;
    }

    /** 64-bit FNV-1a over the facts, and mixed once more: its lowest bits alone must tell views apart. */
    private static long fingerprint(List<NodeView> nodes) {
        long hash = FNV_OFFSET;
        for (NodeView node : nodes) {
            hash = add(hash, node);
            for (long slots : node.slots().toLongArray()) {
                hash = mix(hash ^ slots);
            }
        }
        return mix(hash);
    }

    private static long add(long hash, NodeView node) {
        long sum = hash;
        String facts = node.id() + ' ' + node.process() + ' ' + node.epoch() + '\n';
        for (byte b : facts.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ b) * FNV_PRIME;
        }
        return sum;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 32) * MIXER;
        return mixed ^ mixed >>> 29;
    }
}
