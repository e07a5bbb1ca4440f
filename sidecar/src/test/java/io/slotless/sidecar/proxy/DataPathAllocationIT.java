package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.SteadyClient;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the event loop leaves to the garbage collector of each command, from the client's socket to the server's and back. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "Java's own selector, which serves elsewhere, makes garbage for each event")
class DataPathAllocationIT {

    private static final int WARM_UP = 30_000;
    private static final int COMMANDS = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Level leakDetection;
    private static RealRedis server;
    private static ThreeNodes nodes;
    private static RunningProxy proxy;
    private static RunningProxy cluster;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        leakDetection = ResourceLeakDetector.getLevel();
        // As the image runs it: what watches buffers makes garbage for each of them.
        ResourceLeakDetector.setLevel(Level.DISABLED);
        server = new RealRedis();
        nodes = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.standalone(server.port()));
        cluster = new RunningProxy(RunningProxy.cluster(nodes.ports()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        proxy.close();
        nodes.close();
        server.close();
        ResourceLeakDetector.setLevel(leakDetection);
    }

    /**
     * Bounds in bytes for each command. What there is of it is Netty's: the queue of what is due at the end of a tick takes a
     * new array of 4 KiB every 1,024 ticks, and a command that comes alone takes a tick.
     */
    @ParameterizedTest
    @CsvSource({
        "PROXY,   GET key,       1, 8",
        "PROXY,   GET key,       16, 2",
        "PROXY,   SET key value, 16, 2",
        "CLUSTER, GET key,       1, 8",
        "CLUSTER, GET key,       16, 2",
        "CLUSTER, SET key value, 1, 8",
        "CLUSTER, SET key value, 16, 2",
    })
    void ofOneSlot(String mode, String command, int pipelined, double bound) {
        RunningProxy running = mode.equals("PROXY") ? proxy : cluster;
        CommandFrame[] commands = IntStream.range(0, pipelined)
                .mapToObj(number ->
                        CommandFrame.of(command.replace("key", "key:" + number).split(" ")))
                .toArray(CommandFrame[]::new);
        assertThat(garbageOfEach(running, commands))
                .as("bytes for each command")
                .isLessThan(bound);
    }

    /** Each of ten keys in another slot; replies of three nodes may take a tick each. */
    @ParameterizedTest
    @CsvSource({
        "MSET,   key value, 1, 32",
        "MSET,   key value, 16, 16",
        "MGET,   key,       1, 32",
        "MGET,   key,       16, 16",
        "EXISTS, key,       16, 16",
    })
    void ofSeveralSlots(String name, String arguments, int pipelined, double bound) {
        CommandFrame[] commands = IntStream.range(0, pipelined)
                .mapToObj(number -> IntStream.range(0, 10)
                        .mapToObj(key -> arguments.replace("key", "key:" + number + ":" + key))
                        .collect(Collectors.joining(" ", name + " ", "")))
                .map(command -> CommandFrame.of(command.split(" ")))
                .toArray(CommandFrame[]::new);
        assertThat(garbageOfEach(cluster, commands))
                .as("bytes for each command")
                .isLessThan(bound);
    }

    private static double garbageOfEach(RunningProxy running, CommandFrame[] commands) {
        try (SteadyClient client = new SteadyClient(running.port(), commands)) {
            send(client, WARM_UP / commands.length);
            long before = allocatedByEventLoops();
            send(client, COMMANDS / commands.length);
            return (double) (allocatedByEventLoops() - before) / COMMANDS;
        }
    }

    private static void send(SteadyClient client, int rounds) {
        for (int i = 0; i < rounds; i++) {
            client.round();
        }
    }

    private static long allocatedByEventLoops() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("vert.x-eventloop-thread"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadAllocatedBytes)
                .sum();
    }
}
