package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotRange;
import io.slotless.sidecar.cluster.TopologyView;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyVoteTest {

    private static final Node A = new Node("10.0.0.1", 6379);
    private static final Node B = new Node("10.0.0.2", 6379);
    private static final Node C = new Node("10.0.0.3", 6379);

    @Test
    void aNodeThatWasCutOffDoesNotOutvoteTheOthers() {
        TopologyView stale = whole(A);
        TopologyView current = whole(B);
        assertThat(TopologyVote.majority(List.of(stale, current, current))).isEqualTo(current);
    }

    @Test
    void ofTwoTheOneThatCoversAllSlotsCounts() {
        TopologyView gap = new TopologyView(List.of(new SlotRange(0, 99, A, List.of())));
        assertThat(TopologyVote.majority(List.of(gap, whole(B)))).isEqualTo(whole(B));
    }

    @Test
    void aNodeThatKnowsNoSlotHasNoVote() {
        assertThat(TopologyVote.majority(List.of(new TopologyView(List.of())))).isNull();
    }

    @Test
    void replicasInAnotherOrderAreTheSameView() {
        TopologyView one = new TopologyView(List.of(new SlotRange(0, 16383, A, List.of(B, C))));
        TopologyView other = new TopologyView(List.of(new SlotRange(0, 16383, A, List.of(C, B))));
        assertThat(TopologyVote.majority(List.of(whole(B), one, other))).isEqualTo(one);
    }

    private static TopologyView whole(Node primary) {
        return new TopologyView(List.of(new SlotRange(0, 16383, primary, List.of())));
    }
}
