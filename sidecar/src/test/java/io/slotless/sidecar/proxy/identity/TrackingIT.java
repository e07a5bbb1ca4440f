package io.slotless.sidecar.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLIENT TRACKING through the sidecar: a client hears of every change of what it has read, whichever node holds it. */
@Timeout(120)
class TrackingIT {

    private static final String ALL = "[invalidate, (nil)]";

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private TestClient client;
    private TestClient other;

    @BeforeAll
    static void startServers(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
    }

    @AfterAll
    static void stopServers() {
        proxy.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        client.call("HELLO 3");
        other = proxy.client();
    }

    @AfterEach
    void disconnect() {
        client.close();
        other.close();
    }

    @Test
    void changesOfWhatWasReadAreTold() {
        assertThat(client.call("CLIENT TRACKING ON")).isEqualTo("OK");
        for (int node = 0; node < 3; node++) {
            String key = ThreeNodes.key(node, 1);
            client.call("GET " + key);
            other.call("SET " + ThreeNodes.key(node, 2) + " 1");
            other.call("SET " + key + " 1");
            assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
        }
        assertNothingComes();
    }

    @Test
    void commandsOverSeveralShardsAreTrackedToo() {
        client.call("CLIENT TRACKING ON");
        String[] keys = {ThreeNodes.key(0, 1), ThreeNodes.key(1, 1), ThreeNodes.key(2, 1)};
        client.call("MGET " + String.join(" ", keys));
        other.call("DEL " + String.join(" ", keys));
        other.call("MSET " + String.join(" 1 ", keys) + " 1");
        assertThat(client.replies(3))
                .containsExactlyInAnyOrder(
                        "[invalidate, [" + keys[0] + "]]",
                        "[invalidate, [" + keys[1] + "]]",
                        "[invalidate, [" + keys[2] + "]]");
    }

    @Test
    void readsOfATransactionAreTracked() {
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(1, 5);
        client.call("MULTI");
        client.call("GET " + key);
        client.call("EXEC");
        other.call("SET " + key + " 2");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
    }

    @Test
    void aReplyIsNotOvertakenByWhatMakesItStale() {
        String slow = ThreeNodes.key(0, 3);
        String key = ThreeNodes.key(1, 3);
        other.call("SET " + slow + " slow");
        other.call("SET " + key + " old");
        client.call("CLIENT TRACKING ON");
        client.call("MGET " + slow + " " + key);
        try (TestClient sleeper = cluster.client(0);
                TestClient direct = cluster.client(1)) {
            sleeper.add("DEBUG SLEEP 1").send();
            client.add("GET " + slow).add("GET " + key).send();
            // Until the node that is awake has answered, so that the change comes behind the reply.
            Awaitility.await().until(() -> direct.call("INFO commandstats").matches("(?s).*cmdstat_get:calls=\\d+.*"));
            direct.call("SET " + key + " new");
            List<String> seen = client.replies(3);
            assertThat(seen.get(0)).isEqualTo("slow");
            assertThat(seen.subList(1, 3))
                    .isIn(List.of("old", "[invalidate, [" + key + "]]"), List.of("[invalidate, [" + key + "]]", "new"));
            sleeper.reply();
        }
    }

    @Test
    void bcastTellsOfKeysThatNobodyHasRead() {
        client.call("CLIENT TRACKING ON BCAST PREFIX user: PREFIX {");
        other.call("SET user:1 x");
        assertThat(client.reply()).isEqualTo("[invalidate, [user:1]]");
        for (int node = 0; node < 3; node++) {
            String key = ThreeNodes.key(node, 7);
            other.call("SET " + key + " x");
            assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
        }
        other.call("SET else x");
        assertNothingComes();
    }

    @Test
    void noloopIsSilentAboutTheClientsOwnChanges() {
        client.call("CLIENT TRACKING ON NOLOOP");
        String key = ThreeNodes.key(2, 9);
        client.call("GET " + key);
        client.call("SET " + key + " mine");
        client.call("GET " + key);
        other.call("SET " + key + " theirs");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
        assertNothingComes();
    }

    @Test
    void offEndsIt() {
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(0, 11);
        client.call("GET " + key);
        assertThat(tracked()).isPositive();
        assertThat(client.call("CLIENT TRACKING OFF")).isEqualTo("OK");
        other.call("SET " + key + " x");
        assertNothingComes();
        awaitNobodyTracked();
    }

    @Test
    void aClientThatLeavesOrResetsIsForgottenByTheServers() {
        for (String farewell : List.of("RESET", "QUIT")) {
            try (TestClient leaving = proxy.client()) {
                leaving.call("HELLO 3");
                leaving.call("CLIENT TRACKING ON BCAST");
                assertThat(tracked()).isEqualTo(3);
                leaving.call(farewell);
                awaitNobodyTracked();
            }
        }
    }

    @Test
    void whoLeavesBeforeItHasBegunLeavesNothingBehind() {
        for (int i = 0; i < 30; i++) {
            try (TestClient hasty = proxy.client()) {
                hasty.add("HELLO 3").add("CLIENT TRACKING ON BCAST").send();
                if (i % 2 == 0) {
                    hasty.reply();
                }
            }
        }
        // Longer than the pool takes to make what it thinks somebody wants.
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> tracked() == 0);
    }

    @Test
    void whoMayNotBeTrackedIsTold() {
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "ACL SETUSER untracked on nopass ~* +@all -client|tracking");
        }
        client.call("AUTH untracked x");
        assertThat(client.call("CLIENT TRACKING ON BCAST")).startsWith("-NOPERM");
        assertThat(client.call("CLIENT TRACKINGINFO")).contains("off");
        assertThat(client.call("GET " + ThreeNodes.key(0, 21))).isEqualTo("(nil)");
    }

    @Test
    void whoIsSomebodyElseThenIsStillTracked() {
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "ACL SETUSER other on nopass ~* +@all");
        }
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(0, 23);
        client.call("GET " + key);
        client.add("AUTH other x").add("ECHO done").send();
        List<String> heard = new ArrayList<>();
        do {
            heard.add(client.reply());
        } while (!heard.contains("done"));
        // One for each connection that it had, and there is one whose node is not known here.
        assertThat(heard).contains("OK", ALL).containsOnly("OK", ALL, "done");
        client.call("GET " + key);
        other.call("SET " + key + " x");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
        assertThat(client.call("AUTH nobody wrong")).startsWith("-WRONGPASS");
        client.call("CLIENT TRACKING OFF");
        awaitNobodyTracked();
    }

    @Test
    void whoWaitsForAListHearsOfChangesMeanwhile() {
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(0, 13);
        String list = ThreeNodes.key(1, 13);
        client.call("GET " + key);
        client.add("BLPOP " + list + " 30").send();
        Awaitility.await().until(() -> cluster.call(1, "INFO clients").contains("blocked_clients:1"));
        other.call("SET " + key + " x");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
        other.call("RPUSH " + list + " v");
        assertThat(client.reply()).isEqualTo("[" + list + ", v]");
    }

    @Test
    void aLostConnectionTakesAllKeysWithIt() {
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(2, 15);
        client.call("GET " + key);
        cluster.call(2, "CLIENT KILL TYPE normal");
        assertThat(client.reply()).isEqualTo(ALL);
        client.call("GET " + key);
        other.call("SET " + key + " x");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
    }

    @Test
    void bcastComesBackAfterALostConnection() {
        client.call("CLIENT TRACKING ON BCAST");
        cluster.call(2, "CLIENT KILL TYPE normal");
        assertThat(client.reply()).isEqualTo(ALL);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tracked() == 3);
        String key = ThreeNodes.key(2, 17);
        other.call("SET " + key + " x");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
    }

    @Test
    void aChangeOfModeTakesAllKeysWithIt() {
        try (RealRedis single = new RealRedis();
                RunningProxy changing = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient tracked = changing.client();
                TestClient writer = changing.client()) {
            tracked.call("HELLO 3");
            tracked.call("CLIENT TRACKING ON");
            tracked.call("GET k");
            writer.call("SET k 1");
            assertThat(tracked.reply()).isEqualTo("[invalidate, [k]]");
            tracked.call("GET k");
            changing.reconfigure(RunningProxy.cluster(cluster.ports()));
            assertThat(tracked.reply()).isEqualTo(ALL);
            Awaitility.await().ignoreExceptions().until(() -> tracked.call("GET k")
                    .equals("(nil)"));
            writer.call("SET k 2");
            assertThat(tracked.reply()).isEqualTo("[invalidate, [k]]");
        }
    }

    @Test
    void clientListShowsIt() {
        client.call("CLIENT TRACKING ON BCAST");
        assertThat(client.call("CLIENT INFO")).contains(" flags=tB ").contains(" redir=0 ");
        client.call("CLIENT TRACKING OFF");
        assertThat(client.call("CLIENT INFO")).contains(" flags=N ").contains(" redir=-1 ");
    }

    @Test
    void whoHearsNoRepliesHearsOfChanges() {
        client.call("CLIENT TRACKING ON");
        String key = ThreeNodes.key(1, 19);
        client.add("GET " + key).add("CLIENT REPLY OFF").send();
        client.reply();
        other.call("SET " + key + " x");
        assertThat(client.reply()).isEqualTo("[invalidate, [" + key + "]]");
    }

    @Test
    void conversationsAreThoseOfOneServer() {
        try (RealRedis single = new RealRedis()) {
            for (String hello : List.of("HELLO 2", "HELLO 3")) {
                assertThat(conversation(proxy.client(), hello))
                        .isEqualTo(conversation(new TestClient(single.port()), hello));
            }
        }
    }

    private static List<String> conversation(TestClient talker, String hello) {
        String script = """
                CLIENT TRACKINGINFO
                CLIENT GETREDIR
                CLIENT CACHING YES
                CLIENT TRACKING
                CLIENT TRACKING MAYBE
                CLIENT TRACKING ON NONSENSE
                CLIENT TRACKING ON PREFIX
                CLIENT TRACKING ON PREFIX a
                CLIENT TRACKING ON REDIRECT 0
                CLIENT TRACKING ON REDIRECT x
                CLIENT TRACKING ON OPTIN OPTOUT
                CLIENT TRACKING ON BCAST OPTIN
                CLIENT TRACKING ON BCAST PREFIX a PREFIX ab
                CLIENT TRACKING ON OPTIN
                CLIENT CACHING NO
                CLIENT CACHING MAYBE
                CLIENT CACHING YES
                CLIENT TRACKING ON OPTOUT
                CLIENT TRACKING ON BCAST
                CLIENT GETREDIR
                PING
                CLIENT TRACKINGINFO
                CLIENT TRACKING OFF
                CLIENT TRACKING ON OPTOUT NOLOOP
                CLIENT CACHING NO
                PING
                CLIENT TRACKINGINFO
                CLIENT TRACKING OFF
                CLIENT TRACKING ON BCAST PREFIX b PREFIX a
                CLIENT TRACKING ON BCAST PREFIX abc
                CLIENT TRACKING ON
                CLIENT TRACKINGINFO
                CLIENT TRACKING OFF REDIRECT
                RESET
                CLIENT TRACKINGINFO
                MULTI
                CLIENT TRACKINGINFO
                CLIENT GETREDIR
                CLIENT CACHING YES
                EXEC
                """;
        try (talker) {
            talker.call(hello);
            List<String> replies = new ArrayList<>();
            script.lines().forEach(line -> {
                talker.add(line).send();
                replies.add(line + " → " + talker.wireReply());
            });
            return replies;
        }
    }

    private void assertNothingComes() {
        assertThat(client.call("PING")).isEqualTo("PONG");
        assertThat(client.call("GET nothing:else")).isEqualTo("(nil)");
    }

    /** Connections that track, of all nodes. */
    private static int tracked() {
        return IntStream.range(0, 3)
                .map(node -> (int) cluster.call(node, "CLIENT LIST")
                        .lines()
                        .filter(line -> line.matches(".* flags=[^ ]*t.*"))
                        .count())
                .sum();
    }

    private static void awaitNobodyTracked() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tracked() == 0);
    }
}
