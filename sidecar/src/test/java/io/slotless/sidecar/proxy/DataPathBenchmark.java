package io.slotless.sidecar.proxy;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.SteadyClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way of a command through real sockets, to a real server and back. What is allocated for each command is that of the
 * data path: the client here allocates nothing. Times are those of one client that waits.
 */
@State(Scope.Benchmark)
public class DataPathBenchmark {

    private static final int PIPELINED = 16;
    private static final String VALUE = "v".repeat(64);

    @Param({"PROXY", "CLUSTER"})
    private String mode;

    private RealRedis server;
    private ThreeNodes nodes;
    private RunningProxy proxy;
    private SteadyClient get;
    private SteadyClient gets;
    private SteadyClient sets;
    private SteadyClient mget;

    @Setup
    public void start() throws Exception {
        Path folder = Files.createTempDirectory("slotless-benchmark");
        if (mode.equals("CLUSTER")) {
            nodes = new ThreeNodes(folder);
            proxy = new RunningProxy(RunningProxy.cluster(nodes.ports()));
        } else {
            server = new RealRedis();
            proxy = new RunningProxy(RunningProxy.standalone(server.port()));
        }
        sets = new SteadyClient(proxy.port(), pipeline("SET", "key:%d", VALUE));
        get = new SteadyClient(proxy.port(), CommandFrame.of("GET", "key:0"));
        gets = new SteadyClient(proxy.port(), pipeline("GET", "key:%d"));
        mget = new SteadyClient(
                proxy.port(),
                CommandFrame.of(
                        "MGET", "key:0", "key:1", "key:2", "key:3", "key:4", "key:5", "key:6", "key:7", "key:8",
                        "key:9"));
    }

    @TearDown
    public void stop() {
        proxy.close();
        if (nodes != null) {
            nodes.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Benchmark
    public void get() {
        get.round();
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public void getsPipelined() {
        gets.round();
    }

    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public void setsPipelined() {
        sets.round();
    }

    @Benchmark
    public void mgetOfTenKeys() {
        mget.round();
    }

    private static CommandFrame[] pipeline(String name, String key, String... values) {
        return IntStream.range(0, PIPELINED)
                .mapToObj(i -> values.length == 0
                        ? CommandFrame.of(name, key.formatted(i))
                        : CommandFrame.of(name, key.formatted(i), values[0]))
                .toArray(CommandFrame[]::new);
    }
}
