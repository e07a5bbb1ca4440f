package io.slotless.sidecar.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is behind the proxy changes under subscribed clients: they are not told, and each message comes once. */
@Timeout(120)
class SubscriptionsOnTheMoveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static ThreeNodes cluster;
    private static RealRedis single;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder, "notify-keyspace-events KEA");
        single = new RealRedis();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        single.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theServerIsStartedAnew(int protocol) {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient client = proxy.client()) {
            client.call("HELLO " + protocol);
            client.add("SUBSCRIBE a b").add("PSUBSCRIBE n*").add("SSUBSCRIBE s").send();
            client.replies(4);
            single.stop();
            single.start();
            awaitSubscribers(single.port(), "PUBSUB NUMSUB a b", "[a, 1, b, 1]");
            awaitSubscribers(single.port(), "PUBSUB SHARDNUMSUB s", "[s, 1]");
            awaitSubscribers(single.port(), "PUBSUB NUMPAT", "1");
            assertThat(direct(single.port(), "PUBLISH a x")).isEqualTo("1");
            assertThat(direct(single.port(), "PUBLISH news y")).isEqualTo("1");
            assertThat(direct(single.port(), "SPUBLISH s z")).isEqualTo("1");
            assertThat(client.replies(3))
                    .containsExactlyInAnyOrder("[message, a, x]", "[pmessage, n*, news, y]", "[smessage, s, z]");
            assertThat(client.call("UNSUBSCRIBE a")).isEqualTo("[unsubscribe, a, 2]");
        }
    }

    @Test
    void aServerThatIsAwayIsWaitedForAsLongAsACommandMayTake() {
        RealRedis late = new RealRedis();
        late.stop();
        try (RunningProxy proxy =
                        new RunningProxy(RunningProxy.config(Mode.PROXY, null, Duration.ofSeconds(1), late.port()));
                TestClient client = proxy.client()) {
            assertThat(client.call("SUBSCRIBE a")).startsWith("-ERR slotless: ");
            assertThat(client.call("UNSUBSCRIBE a")).isEqualTo("[unsubscribe, a, 0]");
            client.add("SUBSCRIBE a").send();
            late.start();
            assertThat(client.reply()).isEqualTo("[subscribe, a, 1]");
            assertThat(direct(late.port(), "PUBLISH a x")).isEqualTo("1");
            assertThat(client.reply()).isEqualTo("[message, a, x]");
        } finally {
            late.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aSlotMovesWithItsShardChannels(int protocol) {
        String channel = ThreeNodes.key(0, protocol);
        int slot = ThreeNodes.slot(channel);
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
                TestClient client = proxy.client()) {
            client.call("HELLO " + protocol);
            assertThat(client.call("SSUBSCRIBE " + channel)).isEqualTo("[ssubscribe, " + channel + ", 1]");
            move(channel, slot, 0, 1);
            awaitSubscribers(cluster.port(1), "PUBSUB SHARDNUMSUB " + channel, "[" + channel + ", 1]");
            assertThat(cluster.call(1, "SPUBLISH " + channel + " there")).isEqualTo("1");
            move(channel, slot, 1, 0);
            awaitSubscribers(cluster.port(0), "PUBSUB SHARDNUMSUB " + channel, "[" + channel + ", 1]");
            assertThat(cluster.call(0, "SPUBLISH " + channel + " here")).isEqualTo("1");
            assertThat(client.replies(2))
                    .containsExactly("[smessage, " + channel + ", there]", "[smessage, " + channel + ", here]");
            assertThat(client.call("SUNSUBSCRIBE")).isEqualTo("[sunsubscribe, " + channel + ", 0]");
        }
    }

    private static void move(String channel, int slot, int from, int to) {
        cluster.beginMove(slot, from, to);
        cluster.endMove(slot, from, to);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theModeChanges(int protocol) {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient client = proxy.client()) {
            client.call("HELLO " + protocol);
            client.add("SUBSCRIBE a").add("PSUBSCRIBE n*").add("SSUBSCRIBE s").send();
            client.replies(3);
            for (int round = 0; round < 3; round++) {
                proxy.reconfigure(RunningProxy.cluster(cluster.ports()));
                awaitNoSubscribers(single.port(), "a");
                try (TestClient other = proxy.client()) {
                    awaitSubscribed(other);
                    assertThat(other.call("PUBLISH a cluster" + round)).isEqualTo("1");
                    other.call("PUBLISH news cluster" + round);
                    other.call("SPUBLISH s cluster" + round);
                }
                assertThat(client.replies(3)).containsExactlyInAnyOrder(messages("cluster" + round));
                proxy.reconfigure(RunningProxy.standalone(single.port()));
                try (TestClient other = proxy.client()) {
                    awaitSubscribed(other);
                    other.call("PUBLISH a single" + round);
                    other.call("PUBLISH news single" + round);
                    other.call("SPUBLISH s single" + round);
                }
                assertThat(client.replies(3)).containsExactlyInAnyOrder(messages("single" + round));
            }
            assertThat(client.call("SUNSUBSCRIBE")).isEqualTo("[sunsubscribe, s, 0]");
            assertThat(client.call("PUNSUBSCRIBE")).isEqualTo("[punsubscribe, n*, 1]");
            assertThat(client.call("UNSUBSCRIBE")).isEqualTo("[unsubscribe, a, 0]");
        }
    }

    private static String[] messages(String text) {
        return new String[] {
            "[message, a, " + text + "]", "[pmessage, n*, news, " + text + "]", "[smessage, s, " + text + "]"
        };
    }

    private static void awaitSubscribed(TestClient client) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.call("PUBSUB NUMSUB a").equals("[a, 1]")
                        && client.call("PUBSUB SHARDNUMSUB s").equals("[s, 1]")
                        && client.call("PUBSUB NUMPAT").equals("1"));
    }

    @Test
    void theCredentialsChange() {
        RealRedis guarded = new RealRedis("user one on >1 ~* &* +@all", "user two on >2 ~* &* +@all", "requirepass x");
        try (RunningProxy proxy = new RunningProxy(as("one", "1", guarded));
                TestClient client = proxy.client()) {
            client.call("SUBSCRIBE a");
            proxy.reconfigure(as("two", "2", guarded));
            try (TestClient other = proxy.client()) {
                Awaitility.await().atMost(PATIENCE).until(() -> !other.call("CLIENT LIST TYPE pubsub")
                        .contains("user=one"));
                Awaitility.await().atMost(PATIENCE).until(() -> other.call("PUBLISH a x")
                        .equals("1"));
            }
            assertThat(client.reply()).isEqualTo("[message, a, x]");
        } finally {
            guarded.close();
        }
    }

    private static DestinationConfig as(String user, String password, RealRedis server) {
        return RunningProxy.config(Mode.PROXY, new Credentials(user, password), Duration.ofSeconds(10), server.port());
    }

    @Test
    void whatAUserMayNotListenToIsRefusedAndTheRestStays() {
        RealRedis guarded = new RealRedis("user one on >1 ~* &a* +@all");
        try (RunningProxy proxy = new RunningProxy(as("one", "1", guarded));
                TestClient client = proxy.client()) {
            assertThat(client.call("SUBSCRIBE a1")).isEqualTo("[subscribe, a1, 1]");
            assertThat(client.call("SUBSCRIBE a2 b"))
                    .isEqualTo("-NOPERM this user has no permissions to access one of the channels used as arguments");
            assertThat(client.call("PSUBSCRIBE x*")).startsWith("-NOPERM ");
            assertThat(client.call("SUBSCRIBE a3")).isEqualTo("[subscribe, a3, 2]");
            assertThat(direct(guarded.port(), "PUBLISH a2 x")).isEqualTo("0");
            assertThat(client.call("UNSUBSCRIBE a2")).isEqualTo("[unsubscribe, a2, 2]");
        } finally {
            guarded.close();
        }
    }

    @Test
    void aUserThatMayNotPingIsServedAsWell() {
        RealRedis guarded = new RealRedis("user one on >1 ~* &a* -@all +@pubsub");
        try (RunningProxy proxy = new RunningProxy(as("one", "1", guarded));
                TestClient client = proxy.client()) {
            assertThat(client.call("SUBSCRIBE a1")).isEqualTo("[subscribe, a1, 1]");
            assertThat(client.call("SUBSCRIBE b")).startsWith("-NOPERM ");
            assertThat(client.call("UNSUBSCRIBE a1")).isEqualTo("[unsubscribe, a1, 0]");
            assertThat(client.call("SUBSCRIBE a1")).isEqualTo("[subscribe, a1, 1]");
            assertThat(direct(guarded.port(), "PUBLISH a1 x")).isEqualTo("1");
            assertThat(client.reply()).isEqualTo("[message, a1, x]");
        } finally {
            guarded.close();
        }
    }

    @Test
    void keyspaceEventsComeFromAllShards() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
                TestClient client = proxy.client();
                TestClient all = proxy.client();
                TestClient other = proxy.client()) {
            client.call("SUBSCRIBE __keyevent@0__:set");
            all.call("PSUBSCRIBE *");
            for (int node = 0; node < 3; node++) {
                String key = ThreeNodes.key(node, 77);
                other.call("SET " + key + " v");
                assertThat(client.reply()).isEqualTo("[message, __keyevent@0__:set, " + key + "]");
                assertThat(all.replies(2))
                        .containsExactly(
                                "[pmessage, *, __keyspace@0__:" + key + ", set]",
                                "[pmessage, *, __keyevent@0__:set, " + key + "]");
            }
            assertThat(other.call("PUBLISH plain once")).isEqualTo("1");
            assertThat(other.call("PUBLISH plain twice")).isEqualTo("1");
            assertThat(all.replies(2)).containsExactly("[pmessage, *, plain, once]", "[pmessage, *, plain, twice]");
            assertThat(client.call("UNSUBSCRIBE")).isEqualTo("[unsubscribe, __keyevent@0__:set, 0]");
            assertThat(all.call("PUNSUBSCRIBE")).isEqualTo("[punsubscribe, *, 0]");
            for (int node = 0; node < 3; node++) {
                assertThat(cluster.call(node, "PUBSUB NUMPAT")).isEqualTo("0");
            }
        }
    }

    @Test
    void oneClientsMessagesKeepTheirOrderOverChannels() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
                TestClient client = proxy.client();
                TestClient other = proxy.client()) {
            client.call("PSUBSCRIBE o*");
            for (int i = 0; i < 500; i++) {
                other.add("PUBLISH o" + i % 7 + " " + i);
            }
            other.send();
            assertThat(other.replies(500)).containsOnly("1");
            for (int i = 0; i < 500; i++) {
                assertThat(client.reply()).isEqualTo("[pmessage, o*, o" + i % 7 + ", " + i + "]");
            }
        }
    }

    @Test
    void connectionsThatAreKilledAreMadeAnew() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
                TestClient client = proxy.client()) {
            client.add("SUBSCRIBE a b c").send();
            client.replies(3);
            for (int round = 0; round < 5; round++) {
                for (int node = 0; node < 3; node++) {
                    cluster.call(node, "CLIENT KILL TYPE pubsub");
                }
                try (TestClient other = proxy.client()) {
                    Awaitility.await().atMost(PATIENCE).until(() -> other.call("PUBSUB NUMSUB a b c")
                            .equals("[a, 1, b, 1, c, 1]"));
                    other.call("PUBLISH b " + round);
                }
                assertThat(client.reply()).isEqualTo("[message, b, " + round + "]");
            }
        }
    }

    @Test
    void aConnectionWithoutSubscriptionsIsUsedAgain() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient client = proxy.client()) {
            client.add("SUBSCRIBE a").add("UNSUBSCRIBE a").send();
            client.replies(2);
            String ids = direct(single.port(), "INFO stats")
                    .lines()
                    .filter(line -> line.startsWith("total_conn"))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < 20; i++) {
                client.add("SUBSCRIBE a").add("UNSUBSCRIBE a").send();
                client.replies(2);
            }
            assertThat(client.call("BLPOP none 0.01")).isEqualTo("(nil)");
            long now = Long.parseLong(direct(single.port(), "INFO stats")
                    .lines()
                    .filter(line -> line.startsWith("total_conn"))
                    .findFirst()
                    .orElseThrow()
                    .split(":")[1]
                    .strip());
            assertThat(now - Long.parseLong(ids.split(":")[1].strip())).isEqualTo(1);
        }
    }

    @Test
    void subscribeWithinMultiIsRefusedInFrontOfAClusterAndPassesInFrontOfOneServer() {
        List<String> commands = List.of("MULTI", "SUBSCRIBE a", "EXEC");
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
                TestClient client = proxy.client()) {
            commands.forEach(client::add);
            client.send();
            assertThat(client.reply()).isEqualTo("OK");
            assertThat(client.reply()).startsWith("-ERR slotless: 'subscribe' is not supported inside a transaction");
            assertThat(client.reply()).startsWith("-EXECABORT");
        }
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient client = proxy.client()) {
            commands.forEach(client::add);
            client.send();
            assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "[[subscribe, a, 1]]");
            direct(single.port(), "PUBLISH a x");
            assertThat(client.reply()).isEqualTo("[message, a, x]");
        }
    }

    private static void awaitSubscribers(int port, String question, String answer) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> direct(port, question)
                .equals(answer));
    }

    private static void awaitNoSubscribers(int port, String channel) {
        awaitSubscribers(port, "PUBSUB NUMSUB " + channel, "[" + channel + ", 0]");
    }

    private static String direct(int port, String command) {
        try (TestClient client = new TestClient(port)) {
            return client.call(command);
        }
    }
}
