package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.SlotRange;
import io.slotless.sidecar.cluster.Topology;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    private static final NodeView A = Views.node("a", "p1", 1, range(0, 8191));
    private static final NodeView B = Views.node("b", "p2", 2, range(8192, 16_383));

    @Test
    void theOrderOfAnswersDoesNotMatter() {
        assertThat(view(A, B).fingerprint()).isEqualTo(view(B, A).fingerprint());
        assertThat(view(B, A).slotOf(0)).isZero();
        assertThat(view(B, A).slotOf(1)).isEqualTo(8192);
    }

    @Test
    void everyChangeThatMattersChangesTheFingerprint() {
        assertThat(List.of(
                        view(A, B).fingerprint(),
                        view(Views.node("c", "p1", 1, A.slots()), B).fingerprint(),
                        view(Views.node("a", "p3", 1, A.slots()), B).fingerprint(),
                        view(Views.node("a", "p1", 3, A.slots()), B).fingerprint(),
                        view(Views.node("a", "p1", 1, range(0, 8190)), B).fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void isSettledIfEverySlotHasOneOwnerThatKeepsIt() {
        assertThat(view(A, B).isSettled()).isTrue();
        assertThat(view(A).isSettled()).isFalse();
        assertThat(view(A, Views.node("b", "p2", 2, range(8191, 16_383))).isSettled())
                .isFalse();
        assertThat(view(A, leaving(B, Map.of(9000, A.node()), false)).isSettled())
                .isFalse();
        assertThat(view(A, leaving(B, Map.of(), true)).isSettled()).isFalse();
    }

    @Test
    void slotsThatTheClusterDoesNotServeAreNoQuestion() {
        Topology half = Topology.of(List.of(new SlotRange(0, 8191, A.node(), List.of())));
        ClusterView view = new ClusterView(List.of(A), half);
        assertThat(view.isSettled()).isTrue();
        assertThat(view.source(8192)).isInstanceOf(SlotSource.Nowhere.class);
    }

    @Test
    void knowsWhereTheKeysOfASlotAre() {
        Node target = new Node("c", 1);
        ClusterView view = view(A, leaving(Views.node("b", "p2", 2, range(8191, 16_000)), Map.of(9000, target), false));
        assertThat(view.source(5)).isEqualTo(new SlotSource.Settled(A.node(), "a"));
        assertThat(view.source(9000)).isEqualTo(new SlotSource.Moving(B.node(), "b", target));
        assertThat(view.source(8191)).isInstanceOf(SlotSource.Unclear.class);
        assertThat(view.source(16_001)).isInstanceOf(SlotSource.Unclear.class);
    }

    @Test
    void aNodeThatWasAskedTwiceIsOneShard() {
        assertThat(view(A, B, A).shards()).isEqualTo(2);
        assertThat(view(A, B, A).isSettled()).isTrue();
    }

    private static NodeView leaving(NodeView node, Map<Integer, Node> migrating, boolean importing) {
        return new NodeView(node.node(), node.id(), node.process(), node.epoch(), node.slots(), migrating, importing);
    }

    private static ClusterView view(NodeView... nodes) {
        return new ClusterView(List.of(nodes), Views.everythingServed());
    }

    private static BitSet range(int first, int last) {
        BitSet slots = new BitSet();
        slots.set(first, last + 1);
        return slots;
    }
}
