package io.slotless.sidecar.cluster;

import java.util.List;

/**
 * Slots from {@code first} to {@code last}, both included, and who serves them: a row of {@code CLUSTER SLOTS}.
 *
 * @param replicas kept sorted, as those of a {@link Shard}
 */
public record SlotRange(int first, int last, Node primary, List<Node> replicas) {

    public SlotRange {
        if (first < 0 || last >= SlotHash.SLOTS || first > last) {
            throw new IllegalArgumentException("not a range of slots: " + first + "-" + last);
        }
        replicas = Shard.sorted(replicas);
    }
}
