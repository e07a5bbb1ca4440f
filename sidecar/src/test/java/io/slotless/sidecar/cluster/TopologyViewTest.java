package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyViewTest {

    private static final Node A = new Node("10.0.0.1", 6379);
    private static final Node B = new Node("10.0.0.2", 6379);
    private static final Node C = new Node("10.0.0.3", 6379);

    private static final SlotRange LOW = new SlotRange(0, 99, A, List.of(B, C));
    private static final SlotRange HIGH = new SlotRange(200, 16383, B, List.of());

    @Test
    void equalWhateverTheOrderOfRangesAndReplicas() {
        SlotRange sameLow = new SlotRange(0, 99, A, List.of(C, B));
        assertThat(new TopologyView(List.of(HIGH, sameLow))).isEqualTo(new TopologyView(List.of(LOW, HIGH)));
    }

    @Test
    void anotherPrimaryOrReplicaOrSlotIsAnotherView() {
        TopologyView view = new TopologyView(List.of(LOW, HIGH));
        assertThat(new TopologyView(List.of(new SlotRange(0, 99, B, List.of(A, C)), HIGH)))
                .isNotEqualTo(view);
        assertThat(new TopologyView(List.of(new SlotRange(0, 99, A, List.of(B)), HIGH)))
                .isNotEqualTo(view);
        assertThat(new TopologyView(List.of(new SlotRange(0, 98, A, List.of(B, C)), HIGH)))
                .isNotEqualTo(view);
    }

    @Test
    void slotsThatNobodyServesAreNotCounted() {
        assertThat(new TopologyView(List.of(LOW, HIGH)).slots()).isEqualTo(16384 - 100);
        assertThat(new TopologyView(List.of(LOW, HIGH)).topology())
                .isEqualTo(Topology.of(List.of(HIGH, LOW)))
                .extracting(Topology::coversAllSlots)
                .isEqualTo(false);
    }
}
