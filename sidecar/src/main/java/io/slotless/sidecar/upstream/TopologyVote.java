package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.cluster.TopologyView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several nodes' views of one cluster: a node that was cut off must not outvote the others. */
final class TopologyVote {

    private TopologyVote() {}

    /**
     * The view that most nodes share; among equals the one that covers all slots, then the earliest. Views without any
     * slot do not count.
     */
    static @Nullable TopologyView majority(List<TopologyView> views) {
        Map<TopologyView, Integer> votes = new LinkedHashMap<>();
        for (TopologyView view : views) {
            if (!view.isEmpty()) {
                votes.merge(view, 1, Integer::sum);
            }
        }
        TopologyView best = null;
        int bestWeight = 0;
        for (Map.Entry<TopologyView, Integer> vote : votes.entrySet()) {
            int weight = vote.getValue() * 2 + (vote.getKey().slots() == SlotHash.SLOTS ? 1 : 0);
            if (weight > bestWeight) {
                best = vote.getKey();
                bestWeight = weight;
            }
        }
        return best;
    }
}
