package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.ClusterSlots;
import io.slotless.sidecar.cluster.LargeCluster;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.cluster.TopologyView;
import io.slotless.sidecar.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is made of the views of a cluster of a hundred nodes. */
@State(Scope.Thread)
public class TopologyBenchmark {

    private static final int ASKED = 7;

    /** Ranges of slots for each of 50 primaries: many where slots were often moved. */
    @Param({"1", "20"})
    private int ranges;

    private RespValue reply;
    private TopologyView seen;
    private Topology current;

    @Setup
    public void answer() {
        reply = LargeCluster.slots(50, ranges);
        seen = view(0);
        current = seen.topology();
    }

    /** A whole round of {@link TopologyRefresher} that brings nothing new. */
    @Benchmark
    public boolean refresh() {
        List<TopologyView> views = new ArrayList<>();
        for (int node = 0; node < ASKED; node++) {
            views.add(view(node));
        }
        return seen.equals(TopologyVote.majority(views));
    }

    @Benchmark
    public TopologyView view() {
        return view(0);
    }

    /** When it does bring something new. */
    @Benchmark
    public Topology topology() {
        return seen.topology();
    }

    @Benchmark
    public Topology afterMoved() {
        return current.withMoved(0, new Node("10.0.2.1", 6379));
    }

    private TopologyView view(int node) {
        return ClusterSlots.view(reply, new Node("10.0.1." + node, 6379));
    }
}
