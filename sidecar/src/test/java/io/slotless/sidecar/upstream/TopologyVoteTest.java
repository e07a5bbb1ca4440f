package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotRange;
import io.slotless.sidecar.cluster.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyVoteTest {

    private static final Node A = new Node("10.0.0.1", 6379);
    private static final Node B = new Node("10.0.0.2", 6379);
    private static final Node C = new Node("10.0.0.3", 6379);

    @Test
    void aNodeThatWasCutOffDoesNotOutvoteTheOthers() {
        Topology stale = whole(A);
        Topology current = whole(B);
        assertThat(TopologyVote.majority(List.of(stale, current, current))).isEqualTo(current);
    }

    @Test
    void ofTwoTheOneThatCoversAllSlotsCounts() {
        Topology gap = Topology.of(List.of(new SlotRange(0, 99, A, List.of())));
        assertThat(TopologyVote.majority(List.of(gap, whole(B)))).isEqualTo(whole(B));
    }

    @Test
    void aNodeThatKnowsNoSlotHasNoVote() {
        assertThat(TopologyVote.majority(List.of(Topology.of(List.of())))).isNull();
    }

    @Test
    void replicasInAnotherOrderAreTheSameView() {
        Topology one = Topology.of(List.of(new SlotRange(0, 16383, A, List.of(B, C))));
        Topology other = Topology.of(List.of(new SlotRange(0, 16383, A, List.of(C, B))));
        assertThat(TopologyVote.majority(List.of(whole(B), one, other))).isEqualTo(one);
    }

    private static Topology whole(Node primary) {
        return Topology.of(List.of(new SlotRange(0, 16383, primary, List.of())));
    }
}
