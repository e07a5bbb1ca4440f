package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.cluster.Topology;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RespSocket;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a real cluster is asked for its topology, and that a change of it comes all the same. */
class TopologyRefresherIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ASKED = Pattern.compile("cmdstat_cluster\\|slots:calls=([0-9]+)");
    private static final int EVERYBODY = 3;

    private final Vertx vertx = Vertx.vertx();
    private final List<Topology> topologies = new CopyOnWriteArrayList<>();
    private ThreeNodes nodes;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        nodes = new ThreeNodes(folder);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        nodes.close();
    }

    @Test
    void byTimeOneNodeIsAskedAndEachInTurn() {
        TopologyRefresher refresher = refresher(50);
        refresher.start();
        await().atMost(PATIENCE).until(() -> topologies.size() == 1);
        int atFirst = asked();
        assertThat(atFirst).isGreaterThanOrEqualTo(EVERYBODY);
        await().atMost(PATIENCE).until(() -> Arrays.stream(nodes.ports()).allMatch(port -> asked(port) >= 3));
        assertThat(topologies).hasSize(1);
        refresher.close();
    }

    @Test
    void aClusterThatStaysAsItIsIsLeftInPeace() {
        TopologyRefresher refresher = refresher(10_000);
        refresher.start();
        await().atMost(PATIENCE).until(() -> topologies.size() == 1);
        int before = asked();
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> asked() == before);
        refresher.close();
    }

    @Test
    void aChangeThatNobodyRanIntoIsSeen() {
        TopologyRefresher refresher = refresher(50);
        refresher.start();
        await().atMost(PATIENCE).until(() -> topologies.size() == 1);
        String owner = call(nodes.ports()[1], "CLUSTER MYID")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        for (int port : nodes.ports()) {
            call(port, "CLUSTER SETSLOT 0 NODE " + owner);
        }
        await().atMost(PATIENCE).until(() -> topologies.size() > 1);
        refresher.close();
    }

    @Test
    void aHintMakesEverybodyBeAsked() {
        TopologyRefresher refresher = refresher(60_000);
        refresher.start();
        await().atMost(PATIENCE).until(() -> topologies.size() == 1);
        int before = asked();
        refresher.hint();
        await().atMost(PATIENCE).until(() -> asked() >= before + EVERYBODY);
        refresher.close();
    }

    @Test
    void whoAsksAfterAWhileMakesALook() {
        TopologyRefresher refresher = refresher(1);
        assertThat(refresher.state()).isInstanceOf(ServerState.Unknown.class);
        await().atMost(PATIENCE).until(() -> refresher.state() instanceof ServerState.Answering);
        refresher.close();
    }

    @Test
    void whatNobodyUsesIsLookedAtSeldom() {
        TopologyRefresher refresher = refresher(200, () -> 0);
        refresher.start();
        await().atMost(PATIENCE).until(() -> topologies.size() == 1);
        int atFirst = asked();
        await().atMost(PATIENCE).until(() -> asked() > atFirst);
        int afterOneLook = asked();
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> asked() == afterOneLook);
        await().atMost(PATIENCE).until(() -> asked() > afterOneLook);
        refresher.close();
    }

    /** Of a cluster that is used all the time. */
    private TopologyRefresher refresher(long period) {
        return refresher(period, new AtomicLong()::incrementAndGet);
    }

    private TopologyRefresher refresher(long period, LongSupplier commands) {
        DestinationConfig config = RunningProxy.cluster(nodes.ports());
        return new TopologyRefresher(
                vertx, vertx.getOrCreateContext(), config, topologies::add, ignored -> {}, commands, period);
    }

    private int asked() {
        int sum = 0;
        for (int port : nodes.ports()) {
            sum += asked(port);
        }
        return sum;
    }

    private static int asked(int port) {
        Matcher calls = ASKED.matcher(call(port, "INFO commandstats"));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }

    /** The reply in RESP. */
    private static String call(int port, String command) {
        try (RespSocket node = new RespSocket(port)) {
            return node.callRaw((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
