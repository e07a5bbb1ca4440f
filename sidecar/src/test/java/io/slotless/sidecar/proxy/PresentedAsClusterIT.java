package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code presentAs: CLUSTER}, in front of a cluster and of a single server: what clients see is a cluster of one node. */
@Timeout(180)
class PresentedAsClusterIT {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

    private static ThreeNodes nodes;
    private static RealRedis single;
    private static RealRedis realNode;
    private static RunningProxy overCluster;
    private static RunningProxy overSingle;

    /** What is behind the sidecar. */
    enum Behind {
        CLUSTER,
        SINGLE;

        RunningProxy proxy() {
            return this == CLUSTER ? overCluster : overSingle;
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        nodes = new ThreeNodes(folder);
        single = new RealRedis();
        realNode = new RealRedis(
                "cluster-enabled yes",
                "cluster-announce-ip 127.0.0.1",
                "cluster-port " + RealRedis.freePort(),
                "dir " + folder);
        try (TestClient client = new TestClient(realNode.port())) {
            assertThat(client.call("CLUSTER ADDSLOTSRANGE 0 16383")).isEqualTo("OK");
            assertThat(client.call("CLUSTER BUMPEPOCH")).startsWith("BUMPED");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.call("CLUSTER INFO").contains("cluster_state:ok"));
        }
        overCluster = new RunningProxy(RunningProxy.presentedAsCluster(RunningProxy.cluster(nodes.ports())));
        overSingle = new RunningProxy(RunningProxy.presentedAsCluster(RunningProxy.standalone(single.port())));
    }

    @AfterAll
    static void stop() {
        overSingle.close();
        overCluster.close();
        realNode.close();
        single.close();
        nodes.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyAnswerHasTheFormOfARealNodesInBothProtocols(Behind behind) {
        try (TestClient real = new TestClient(realNode.port());
                TestClient client = behind.proxy().client()) {
            for (String hello : List.of("HELLO 2", "HELLO 3")) {
                assertThat(client.call(hello)).contains("mode, cluster");
                real.call(hello);
                for (String command : List.of(
                        "CLUSTER SLOTS",
                        "CLUSTER SHARDS",
                        "CLUSTER NODES",
                        "CLUSTER MYID",
                        "CLUSTER LINKS",
                        "CLUSTER KEYSLOT x{foo}y",
                        "CLUSTER INFO",
                        "CLUSTER REPLICAS nobody",
                        "CLUSTER SLAVES nobody",
                        "CLUSTER COUNT-FAILURE-REPORTS nobody",
                        "CLUSTER SLOTS x",
                        "CLUSTER NOPE",
                        "CLUSTER",
                        "CLUSTER KEYSLOT",
                        "READONLY",
                        "READWRITE",
                        "ASKING",
                        "READONLY x",
                        "INFO cluster")) {
                    assertThat(form(client, command, behind.proxy().port()))
                            .as(hello + ", " + command)
                            .isEqualTo(form(real, command, realNode.port()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysGoWhereTheyBelongAndNobodyIsSentElsewhere(Behind behind) {
        try (TestClient client = behind.proxy().client()) {
            client.call("FLUSHALL");
            for (int i = 0; i < 60; i++) {
                client.add("SET " + ThreeNodes.key(i % 3, i) + " " + i);
            }
            client.send();
            assertThat(client.replies(60)).containsOnly("OK");
            assertThat(client.call("DBSIZE")).isEqualTo("60");
            assertThat(client.call("INFO server")).contains("redis_mode:cluster");
            assertThat(client.call("CLUSTER FAILOVER")).startsWith("-ERR slotless: CLUSTER FAILOVER is not possible");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCommandThatNobodyKnowsChangesNothing(Behind behind) {
        try (TestClient client = behind.proxy().client()) {
            String slots = client.call("CLUSTER SLOTS");
            client.add("HELLO 3")
                    .add("CLIENT MAINT_NOTIFICATIONS on")
                    .add("NOPE x")
                    .add("CLUSTER SLOTS")
                    .send();
            assertThat(client.reply()).contains("mode, cluster");
            assertThat(client.replies(3))
                    .containsExactly(
                            "-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.",
                            "-ERR unknown command 'NOPE', with args beginning with: 'x' ",
                            slots);
        }
    }

    @Test
    void questionsAboutTheClusterAreFineInATransaction() {
        try (TestClient client = overCluster.client()) {
            client.add("MULTI").add("CLUSTER MYID").add("SET {a} 1").add("EXEC").send();
            assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "QUEUED");
            String id = client.reply().replaceAll("[\\[\\], OK]", "");
            assertThat(id).isEqualTo(client.call("CLUSTER MYID"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysOfASlotAreToldByTheirOwner(Behind behind) {
        try (TestClient client = behind.proxy().client()) {
            client.call("SET {here}1 x");
            int slot = ThreeNodes.slot("{here}1");
            String count = client.call("CLUSTER COUNTKEYSINSLOT " + slot);
            String keys = client.call("CLUSTER GETKEYSINSLOT " + slot + " 10");
            if (behind == Behind.CLUSTER) {
                assertThat(count).isEqualTo("1");
                assertThat(keys).isEqualTo("[{here}1]");
                assertThat(client.call("CLUSTER COUNTKEYSINSLOT 16384")).isEqualTo("-ERR Invalid slot");
            } else {
                assertThat(count).isEqualTo(keys).startsWith("-ERR slotless: a single Redis");
            }
            client.call("DEL {here}1");
        }
    }

    /** A reply's bytes, but for what is another node's by its nature: ids and ports. */
    private static String form(TestClient client, String command, int port) {
        client.add(command).send();
        String reply = client.wireReply();
        return ID.matcher(reply)
                .replaceAll("id")
                .replaceAll("@\\d+ ", "@bus ")
                .replaceAll("[:=$](\\d+)\r\n(?=txt|id 127)", "length\r\n")
                .replaceAll("\\$\\d+\r\nid 127", "length\r\nid 127")
                .replace(String.format(Locale.ROOT, ":%d", port), ":port");
    }
}
