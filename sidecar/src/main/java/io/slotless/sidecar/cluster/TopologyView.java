package io.slotless.sidecar.cluster;

import java.util.Comparator;
import java.util.List;

/**
 * What one node says of its cluster. Views that say the same are equal, in whatever order they say it: comparing them costs a few
 * steps for each range, where a {@link Topology} has something to do for each slot.
 *
 * @param ranges kept sorted by their first slot
 */
public record TopologyView(List<SlotRange> ranges) {

    public TopologyView {
        ranges = ranges.stream()
                .sorted(Comparator.comparingInt(SlotRange::first))
                .toList();
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** How many slots somebody serves. */
    public int slots() {
        return ranges.stream()
                .mapToInt(range -> range.last() - range.first() + 1)
                .sum();
    }

    /** For finding the server of a slot. */
    public Topology topology() {
        return Topology.of(ranges);
    }
}
