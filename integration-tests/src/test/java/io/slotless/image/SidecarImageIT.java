package io.slotless.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.it.Stage;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The sidecar as it is in its container: its image's files, its ENTRYPOINT, a pod's environment. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the images are for Linux")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SidecarImageIT {

    /** SIGTERM, answered in order by a JVM. */
    private static final int TERMINATED = 143;

    private final Stage stage = Stage.shared();
    private final Container container = Container.of("sidecar");
    private final long limit = ChartValues.bytes("/sidecar/resources/limits/memory");
    private SidecarProcess sidecar;

    @BeforeAll
    void start() {
        Bootstrap bootstrap =
                new Bootstrap(Bootstrap.CURRENT_VERSION, "cluster.local", List.of(stage.host(Stage.SINGLE_HOST, 9)));
        Map<String, String> environment = new HashMap<>(SidecarProcess.environment(bootstrap));
        environment.put("JDK_JAVA_OPTIONS", JvmChecks.asInAContainerOf(limit, container.jdk()));
        sidecar = SidecarProcess.start(container, environment, stage.surroundings(), Stage.log("image-sidecar"));
    }

    @AfterAll
    void stop() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    @Test
    void commandsPassToRedis() {
        try (PlainRedisClient client = client()) {
            client.demand("SET", "from-image", "yes");
            assertThat(stage.single().call("GET", "from-image").text()).isEqualTo("yes");
            assertThat(client.call("GET", "from-image").text()).isEqualTo("yes");
        }
        assertThat(sidecar.metrics()).contains(Stage.SINGLE_HOST);
    }

    @Test
    void itRunsAsNobodySpecialInAReadOnlyRoot() {
        assumeTrue(container.isolated(), "no namespaces on this machine");
        ProcessFacts facts = ProcessFacts.of(sidecar.process());
        assertThat(facts.capabilities()).isEqualTo("0000000000000000");
        assertThat(facts.rootMount()).matches("ro(,.*)?");
        if ("root".equals(System.getProperty("user.name"))) {
            assertThat(facts.users().split("\\s+")).containsOnly("10001");
        }
    }

    @Test
    void theArchiveOfTheTrainingRunIsUsed() {
        assertThat(ProcessFacts.of(sidecar.process()).hasMapped(container.archive()))
                .isTrue();
    }

    @Test
    void allMemoryItMayTakeFitsIntoTheLimitOfTheChart() {
        long heap = JvmChecks.maxHeap(container, limit);
        long outside = heap; // Netty's own limit where none is given.
        assertThat(ProcessFacts.of(sidecar.process()).anonymousBytes() + heap + outside)
                .as("what it has, and heap and buffers full")
                .isLessThanOrEqualTo(limit);
    }

    @Test
    void sigtermEndsItInOrderThoughAClientStays() {
        Bootstrap bootstrap =
                new Bootstrap(Bootstrap.CURRENT_VERSION, "cluster.local", List.of(stage.host(Stage.SINGLE_HOST, 8)));
        try (SidecarProcess other = SidecarProcess.start(
                        container,
                        SidecarProcess.environment(bootstrap),
                        stage.surroundings(),
                        Stage.log("image-sidecar-term"));
                PlainRedisClient client =
                        PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(8), stage.port()))) {
            client.demand("PING");
            other.process().terminate();
            assertThat(other.process().awaitExit(30)).isEqualTo(TERMINATED);
        }
    }

    private PlainRedisClient client() {
        return PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(9), stage.port()));
    }
}
