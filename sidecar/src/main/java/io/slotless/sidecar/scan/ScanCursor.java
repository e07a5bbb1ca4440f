package io.slotless.sidecar.scan;

/**
 * Where a SCAN over a cluster is: all of it is in the number that the client has, nothing is kept here. So any sidecar of
 * the same cluster can go on with it.
 *
 * <pre>
 *   {@link InShards}   (node's cursor × shards + shard) : fingerprint : 1
 *   {@link InSlots}                           slot : mark : 2
 *   {@link InSlot}     node's cursor : slot : fingerprint : 0
 *   {@link Unknown}    whatever else, such as the cursor of a single server that was here before
 * </pre>
 *
 * <p>The numbers stay below 2^53, where clients that take them for floating point are exact, as long as no node has more than some
 * 40 million buckets for its keys (with three shards); and always below 2^63.
 */
public sealed interface ScanCursor {

    /** In front of everything. */
    record Start() implements ScanCursor {
        static final Start IT = new Start();
    }

    /**
     * Shard after shard, by the nodes' own cursors. They say nothing to another node or process, and keys that change
     * shards could slip through: good only as long as the cluster is what it was.
     *
     * @param fingerprint the lowest bits of {@link ClusterView#fingerprint} at the start
     * @param bits how many
     */
    record InShards(long fingerprint, int bits, long place) implements ScanCursor {

        /** Whether the cluster is what it was. */
        public boolean fits(ClusterView view) {
            return lowest(view.fingerprint(), bits) == fingerprint;
        }

        /** The shard, in a view that {@link #fits}. */
        public int shard(ClusterView view) {
            return (int) (place % view.shards());
        }

        /** What the node said last; 0 in the beginning. */
        public long nodeCursor(ClusterView view) {
            return place / view.shards();
        }
    }

    /**
     * Slot after slot: it does not matter who owns the slots before and behind.
     *
     * @param slot the next one
     */
    record InSlots(int slot) implements ScanCursor {}

    /**
     * Within a slot that has too many keys to be read at once, by its owner's own cursor.
     *
     * @param fingerprint the lowest bits of {@link ClusterView#fingerprintOf}
     */
    record InSlot(long fingerprint, int slot, long nodeCursor) implements ScanCursor {

        /** Whether its keys are at the node that the cursor is of. */
        public boolean fits(ClusterView view) {
            return view.source(slot) instanceof SlotSource.Settled
                    && lowest(view.fingerprintOf(slot), SHORT_FINGERPRINT_BITS) == fingerprint;
        }
    }

    /** Not one of ours: nothing is known of what the client has seen. */
    record Unknown() implements ScanCursor {
        static final Unknown IT = new Unknown();
    }

    int KIND_BITS = 2;
    long SLOT = 0;
    long SHARDS = 1;
    long SLOTS = 2;
    /** With a shorter fingerprint, for the nodes' largest cursors: those with a slot in them, of which one holds millions of keys. */
    long SHARDS_WIDE = 3;

    int FINGERPRINT_BITS = 24;
    int SHORT_FINGERPRINT_BITS = 14;
    int SLOT_BITS = 14;

    /** Tells our cursors from those of others. */
    int MARK_BITS = 16;

    long MARK = 0xB5C3;

    /** The client's cursor, an unsigned number, understood. */
    static ScanCursor of(long number) {
        if (number == 0) {
            return Start.IT;
        }
        long rest = number >>> KIND_BITS;
        long kind = lowest(number, KIND_BITS);
        if (number > 0 && kind == SHARDS) {
            return shards(rest, FINGERPRINT_BITS);
        }
        if (number > 0 && kind == SHARDS_WIDE) {
            return shards(rest, SHORT_FINGERPRINT_BITS);
        }
        if (number > 0 && kind == SLOT) {
            long place = rest >>> SHORT_FINGERPRINT_BITS;
            long nodeCursor = place >>> SLOT_BITS;
            return nodeCursor == 0
                    ? Unknown.IT
                    : new InSlot(lowest(rest, SHORT_FINGERPRINT_BITS), (int) lowest(place, SLOT_BITS), nodeCursor);
        }
        long slot = rest >>> MARK_BITS;
        boolean ours = kind == SLOTS && lowest(rest, MARK_BITS) == MARK && slot < ClusterView.SLOTS;
        return ours ? new InSlots((int) slot) : Unknown.IT;
    }

    /**
     * The number to go on with in a shard.
     *
     * @throws ScanException if the node's cursor is too large
     */
    static long inShards(ClusterView view, int shard, long nodeCursor) {
        long number = pack(view, shard, nodeCursor, FINGERPRINT_BITS, SHARDS);
        if (number < 0) {
            number = pack(view, shard, nodeCursor, SHORT_FINGERPRINT_BITS, SHARDS_WIDE);
        }
        if (number < 0) {
            throw tooLarge(nodeCursor);
        }
        return number;
    }

    /**
     * The number to go on with within a slot.
     *
     * @param nodeCursor not 0: then it would be the next slot's turn
     * @throws ScanException if the node's cursor is too large
     */
    static long inSlot(ClusterView view, int slot, long nodeCursor) {
        long room = Long.MAX_VALUE >>> (SLOT_BITS + SHORT_FINGERPRINT_BITS + KIND_BITS);
        if (nodeCursor <= 0 || nodeCursor > room) {
            throw tooLarge(nodeCursor);
        }
        long place = nodeCursor << SLOT_BITS | slot;
        return (place << SHORT_FINGERPRINT_BITS | lowest(view.fingerprintOf(slot), SHORT_FINGERPRINT_BITS))
                << KIND_BITS;
    }

    private static ScanException tooLarge(long nodeCursor) {
        return new ScanException("ERR slotless: the cursor of a node is too large for one over all shards: "
                + Long.toUnsignedString(nodeCursor));
    }

    /** The number to go on with at a slot; 0 behind the last. */
    static long inSlots(int slot) {
        return slot == ClusterView.SLOTS ? 0 : ((long) slot << MARK_BITS | MARK) << KIND_BITS | SLOTS;
    }

    private static ScanCursor shards(long rest, int bits) {
        return new InShards(lowest(rest, bits), bits, rest >>> bits);
    }

    private static long pack(ClusterView view, int shard, long nodeCursor, int bits, long kind) {
        int shards = view.shards();
        long room = Long.MAX_VALUE >>> (bits + KIND_BITS);
        if (nodeCursor < 0 || nodeCursor > (room - shard) / shards) {
            return -1;
        }
        long place = nodeCursor * shards + shard;
        return (place << bits | lowest(view.fingerprint(), bits)) << KIND_BITS | kind;
    }

    private static long lowest(long number, int bits) {
        return number & ((1L << bits) - 1);
    }
}
