package io.slotless.sidecar.cluster;

import io.slotless.sidecar.resp.RespValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One node's view of a cluster of a hundred nodes: read, and compared with the one that is in use. */
@State(Scope.Thread)
public class TopologyBenchmark {

    private static final Node ASKED = new Node("10.0.0.0", 6379);

    /** Ranges of slots for each of 50 primaries: many where slots were often moved. */
    @Param({"1", "20"})
    private int ranges;

    private RespValue reply;
    private Topology current;

    @Setup
    public void answer() {
        reply = LargeCluster.slots(50, ranges);
        current = ClusterSlots.topology(reply, ASKED);
    }

    @Benchmark
    public Topology read() {
        return ClusterSlots.topology(reply, ASKED);
    }

    @Benchmark
    public boolean readAndCompare() {
        return ClusterSlots.topology(reply, ASKED).equals(current);
    }

    @Benchmark
    public Topology afterMoved() {
        return current.withMoved(0, ASKED);
    }
}
