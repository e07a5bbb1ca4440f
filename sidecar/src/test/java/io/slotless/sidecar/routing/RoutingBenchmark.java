package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.CommandFrame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where a framed command goes; of one that is split, the commands of its parts as well. */
@State(Scope.Thread)
public class RoutingBenchmark {

    private final Router proxy = new ProxyRouter(CommandTable.builtIn(), Presentation.STANDALONE);
    private final Router cluster = new ClusterRouter(CommandTable.builtIn(), Presentation.STANDALONE);
    private final CommandFrame get = CommandFrame.of("GET", "key:000000012345");
    private final CommandFrame mgetOfOneSlot = CommandFrame.of("MGET", "{a}1", "{a}2", "{a}3", "{a}4");
    private final CommandFrame mget = CommandFrame.of(
            "MGET", "key:1", "key:2", "key:3", "key:4", "key:5", "key:6", "key:7", "key:8", "key:9", "key:10");
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private final ByteSink sink = out::writeBytes;

    @Benchmark
    public Route getToOneServer() {
        return proxy.route(get);
    }

    @Benchmark
    public Route getToCluster() {
        return cluster.route(get);
    }

    @Benchmark
    public Route mgetOfOneSlotToCluster() {
        return cluster.route(mgetOfOneSlot);
    }

    @Benchmark
    public ByteBuf mgetOfTenSlotsToCluster() {
        SplitPlan plan = ((Route.Split) cluster.route(mget)).plan();
        out.clear();
        for (int part = 0; part < plan.parts(); part++) {
            plan.write(part, mget, sink);
        }
        return out;
    }
}
