package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {

    private static final Node A = new Node("10.0.0.1", 6379);
    private static final Node B = new Node("10.0.0.2", 6379);
    private static final Node C = new Node("10.0.0.3", 6379);
    private static final Node A_REPLICA = new Node("10.0.0.4", 6379);

    @Test
    void singleServerOwnsEverything() {
        Topology single = Topology.single(A);
        assertThat(single.single()).isTrue();
        assertThat(single.coversAllSlots()).isTrue();
        assertThat(single.shards()).containsExactly(new Shard(A, List.of()));
        assertThat(single.shardOf(0)).isEqualTo(single.shardOf(16383));
    }

    @Test
    void primaryWithSeveralRangesIsOneShard() {
        Topology topology = Topology.of(List.of(
                new SlotRange(0, 99, A, List.of(A_REPLICA)),
                new SlotRange(100, 199, B, List.of()),
                new SlotRange(200, 16383, A, List.of(A_REPLICA))));
        assertThat(topology.shards()).containsExactly(new Shard(A, List.of(A_REPLICA)), new Shard(B, List.of()));
        assertThat(topology.shardIndexOf(99)).isZero();
        assertThat(topology.shardIndexOf(100)).isEqualTo(1);
        assertThat(topology.shardIndexOf(199)).isEqualTo(1);
        assertThat(topology.shardIndexOf(200)).isZero();
        assertThat(topology.shardOf(150).primary()).isEqualTo(B);
        assertThat(topology.coversAllSlots()).isTrue();
        assertThat(topology.single()).isFalse();
        assertThat(topology.nodes()).containsExactlyInAnyOrder(A, B, A_REPLICA);
    }

    @Test
    void slotThatNobodyServesHasNoShard() {
        Topology topology = Topology.of(List.of(new SlotRange(1, 16383, A, List.of())));
        assertThat(topology.shardOf(0)).isNull();
        assertThat(topology.shardIndexOf(0)).isEqualTo(Topology.UNCOVERED);
        assertThat(topology.coversAllSlots()).isFalse();
        assertThat(Topology.of(List.of()).shards()).isEmpty();
        assertThat(Topology.of(List.of()).shardOf(7)).isNull();
    }

    @Test
    void equalIfEverySlotIsServedByTheSameWhateverTheOrder() {
        SlotRange low = new SlotRange(0, 8191, A, List.of(A_REPLICA));
        SlotRange high = new SlotRange(8192, 16383, B, List.of());
        assertThat(Topology.of(List.of(low, high)))
                .isEqualTo(Topology.of(List.of(high, low)))
                .hasSameHashCodeAs(Topology.of(List.of(high, low)))
                .isNotEqualTo(Topology.of(List.of(low)))
                .isNotEqualTo(Topology.of(List.of(new SlotRange(0, 8191, A, List.of()), high)))
                .isNotEqualTo(Topology.of(List.of(new SlotRange(0, 8190, A, List.of(A_REPLICA)), high)));
        assertThat(Topology.single(A)).isEqualTo(Topology.single(A)).isNotEqualTo(Topology.single(B));
        assertThat(Topology.single(A)).isNotEqualTo(Topology.of(List.of(new SlotRange(0, 16383, A, List.of()))));
    }

    @Test
    void sameShardsWithOtherSlotsAreAnotherTopology() {
        SlotRange high = new SlotRange(8192, 16383, B, List.of());
        Topology topology = Topology.of(List.of(new SlotRange(0, 8191, A, List.of()), high));
        assertThat(topology)
                .isNotEqualTo(topology.withMoved(8191, B))
                .isNotEqualTo(Topology.of(
                        List.of(new SlotRange(0, 8191, B, List.of()), new SlotRange(8192, 16383, A, List.of()))))
                .isEqualTo(topology.withMoved(8191, B).withMoved(8191, A));
    }

    @Test
    void movedSlotIsServedByTheNewNodeAndAllOthersAsBefore() {
        Topology before =
                Topology.of(List.of(new SlotRange(0, 8191, A, List.of()), new SlotRange(8192, 16383, B, List.of())));
        Topology known = before.withMoved(5, B);
        assertThat(known.shardIndexOf(5)).isEqualTo(1);
        assertThat(known.shardIndexOf(6)).isZero();
        assertThat(known.shards()).isEqualTo(before.shards());
        Topology unknown = before.withMoved(5, C);
        assertThat(unknown.shardOf(5)).isEqualTo(new Shard(C, List.of()));
        assertThat(unknown.shards().subList(0, 2)).isEqualTo(before.shards());
        assertThat(unknown.shardIndexOf(4)).isZero();
        assertThat(before.shardIndexOf(5)).isZero();
        assertThat(before.withMoved(5, A)).isSameAs(before);
        assertThat(unknown.withMoved(5, A)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 16384", "6, 5"})
    void rangeOutsideTheSlotsIsRefused(int first, int last) {
        assertThatThrownBy(() -> new SlotRange(first, last, A, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
