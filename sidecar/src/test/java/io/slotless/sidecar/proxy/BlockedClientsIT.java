package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait in blocking commands while their slot moves or their connection is lost. */
@Timeout(120)
class BlockedClientsIT {

    /** What waits, what ends it, and the reply; {@code K} and {@code L} are keys of the slot that moves. */
    private static final String COMMANDS = """
            BLPOP K 0; RPUSH K v; [K, v]
            BLPOP K L 30; RPUSH L v; [L, v]
            BRPOP K 30.5; RPUSH K v w; [K, w]
            BRPOPLPUSH K L 30; RPUSH K v; v
            BLMOVE K L LEFT RIGHT 30; RPUSH K v; v
            BLMPOP 30 2 K L LEFT COUNT 2; RPUSH L v w; [L, [v, w]]
            BZPOPMIN K 30; ZADD K 1 m; [K, m, 1]
            BZPOPMAX K 0; ZADD K 1 m; [K, m, 1]
            BZMPOP 30 1 K MIN; ZADD K 1 m; [K, [[m, 1]]]
            XREAD BLOCK 30000 STREAMS K $; XADD K 9-1 f v; [[K, [[9-1, [f, v]]]]]
            XREAD BLOCK 0 STREAMS K L $ 0; XADD L 9-1 f v; [[L, [[9-1, [f, v]]]]]
            XREADGROUP GROUP g c BLOCK 30000 STREAMS S >; XADD S 9-1 f v; [[S, [[9-1, [f, v]]]]]
            """;

    private static final String K = ThreeNodes.key(0, 1);
    private static final String L = ThreeNodes.key(0, 2);
    private static final String S = ThreeNodes.key(0, 3);
    private static final int SLOT = ThreeNodes.slot(K);

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private TestClient client;
    private TestClient other;
    private int owner;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        other = proxy.client();
        other.call("FLUSHALL");
        other.call("XGROUP CREATE " + S + " g $ MKSTREAM");
        owner = 0;
    }

    @AfterEach
    void goBack() {
        client.close();
        other.close();
        if (owner != 0) {
            move(0);
        }
    }

    private void move(int to) {
        cluster.beginMove(SLOT, owner, to);
        for (String key : List.of(K, L, S)) {
            cluster.moveKey(key, owner, to);
        }
        cluster.endMove(SLOT, owner, to);
        owner = to;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = COMMANDS)
    void eachGetsWhatComesAfterTheMove(String command, String end, String reply) {
        client.add(named(command)).send();
        awaitBlocked(0, 1);
        move(1);
        awaitBlocked(1, 1);
        assertThat(other.call(named(end))).doesNotStartWith("-");
        assertThat(client.reply()).isEqualTo(named(reply));
        assertThat(client.call("PING")).isEqualTo("PONG");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = COMMANDS)
    void eachGetsWhatComesAfterItsConnectionWasLost(String command, String end, String reply) {
        client.call("HELLO 3");
        client.add(named(command)).send();
        awaitBlocked(0, 1);
        cluster.call(0, "CLIENT KILL TYPE normal SKIPME yes");
        awaitBlocked(0, 1);
        assertThat(other.call(named(end))).doesNotStartWith("-");
        assertThat(client.reply())
                .contains(named(reply).replaceAll("[\\[\\]]", "").split(", ")[0]);
        assertThat(client.call("PING")).isEqualTo("PONG");
    }

    private static String named(String text) {
        return text.replaceAll("\\bK\\b", K).replaceAll("\\bL\\b", L).replaceAll("\\bS\\b", S);
    }

    @Test
    void aStreamThatIsDeletedEndsTheWaitingOfItsGroup() {
        client.add("XREADGROUP GROUP g c BLOCK 0 STREAMS " + S + " >").send();
        awaitBlocked(0, 1);
        assertThat(other.call("DEL " + S)).isEqualTo("1");
        assertThat(client.reply()).isEqualTo("-UNBLOCKED the stream key no longer exists");
    }

    @Test
    void xreadDoesNotPassOverWhatCameWhileItWasAway() {
        other.call("XADD " + K + " 5-1 f old");
        client.add("XREAD BLOCK 20000 STREAMS " + K + " $").send();
        awaitBlocked(0, 1);
        // The server is busy with this one: the entry is there before the client can wait again.
        try (TestClient node = cluster.client(0)) {
            node.add("MULTI")
                    .add("CLIENT KILL TYPE normal SKIPME yes")
                    .add("XADD " + K + " 6-1 f new")
                    .add("EXEC")
                    .send();
            node.replies(4);
        }
        assertThat(client.reply()).isEqualTo("[[" + K + ", [[6-1, [f, new]]]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLPOP K 3", "BLMPOP 3 1 K LEFT", "XREAD BLOCK 3000 STREAMS K $"})
    void theTimeIsThatOfTheWholeWaiting(String command) {
        long begin = System.nanoTime();
        client.add(named(command)).send();
        awaitBlocked(0, 1);
        move(1);
        assertThat(client.reply()).isEqualTo("(nil)");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(20));
    }

    @Test
    void theTimeDoesNotBeginAnewOnAnotherConnection() {
        long begin = System.nanoTime();
        client.add("BLPOP " + K + " 5").send();
        awaitBlocked(0, 1);
        assertThat(other.call("BLPOP " + L + " 4"))
                .as("four of the five seconds")
                .isEqualTo("(nil)");
        cluster.call(0, "CLIENT KILL TYPE normal SKIPME yes");
        assertThat(client.reply()).isEqualTo("(nil)");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(4_900), Duration.ofMillis(8_500));
    }

    @Test
    void whenTheTimeIsOverBeforeTheServerIsBackThereWasNothing() throws Exception {
        try (RealRedis redis = new RealRedis();
                RunningProxy single = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient waiting = single.client()) {
            waiting.call("HELLO 3");
            long begin = System.nanoTime();
            waiting.add("BLPOP k 2").send();
            Awaitility.await().until(() -> blockedClients(redis).contains("blocked_clients:1"));
            redis.stop();
            assertThat(waiting.wireReply()).isEqualTo("_\r\n");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isBetween(1_900L, 20_000L);
        }
    }

    private static String blockedClients(RealRedis redis) {
        try (TestClient direct = new TestClient(redis.port())) {
            return direct.call("INFO clients");
        }
    }

    @Test
    void aServerThatRestartsIsWaitedAtAgain() {
        try (RealRedis redis = new RealRedis();
                RunningProxy single = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient waiting = single.client();
                TestClient pushing = single.client()) {
            waiting.add("BLPOP k 0").send();
            Awaitility.await().until(() -> blockedClients(redis).contains("blocked_clients:1"));
            redis.stop();
            redis.start();
            Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> blockedClients(redis)
                    .contains("blocked_clients:1"));
            assertThat(pushing.call("RPUSH k v")).isEqualTo("1");
            assertThat(waiting.reply()).isEqualTo("[k, v]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, '', '*-1\r\n'",
        "2, TIMEOUT, '*-1\r\n'",
        "3, timeout, '_\r\n'",
        "2, ERROR, '-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n'"
    })
    void anotherClientCanEndTheWaiting(int protocol, String how, String reply) {
        client.call("HELLO " + protocol);
        String id = client.call("CLIENT ID");
        client.add("BLMOVE " + K + " " + L + " LEFT LEFT 0").send();
        awaitBlocked(0, 1);
        assertThat(other.call(("CLIENT UNBLOCK " + id + " " + how).strip())).isEqualTo("1");
        assertThat(client.wireReply()).isEqualTo(reply);
        awaitBlocked(0, 0);
        assertThat(other.call("CLIENT UNBLOCK " + id)).isEqualTo("0");
        assertThat(client.call("PING")).isEqualTo("PONG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLIENT UNBLOCK 999999",
                "CLIENT UNBLOCK x",
                "CLIENT UNBLOCK 1 NO",
                "CLIENT unblock 1 ERROR x",
                "CLIENT UNBLOCK",
                "WAIT 0 0",
                "WAIT 0 x",
                "WAIT x 0",
                "WAIT 1 -1",
                "WAIT",
                "WAIT 1 100",
                "WAITAOF 0 0 0"
            })
    void theAnswerIsThatOfAPlainServer(String command) {
        try (RealRedis plain = new RealRedis();
                TestClient direct = new TestClient(plain.port())) {
            direct.add(command).send();
            client.add(command).send();
            assertThat(client.wireReply()).isEqualTo(direct.wireReply());
        }
    }

    @Test
    void moreWaitingClientsThanAllowedGetAnErrorAndOthersDoNotNotice() {
        try (RunningProxy small = new RunningProxy(
                        RunningProxy.cluster(cluster.ports()), new ProxySettings(1, 100, 4096, 1024 * 1024, 1024, 2));
                TestClient one = small.client();
                TestClient two = small.client();
                TestClient three = small.client()) {
            one.add("BLPOP " + K + " 0").send();
            two.add("BLPOP " + K + " 0").send();
            awaitBlocked(0, 2);
            assertThat(three.call("BLPOP " + K + " 0"))
                    .startsWith("-ERR slotless: 2 connections")
                    .contains("slotless.limits.private-connections");
            assertThat(three.call("RPUSH " + K + " v w")).isEqualTo("2");
            assertThat(one.reply()).isEqualTo("[" + K + ", v]");
            assertThat(two.reply()).isEqualTo("[" + K + ", w]");
            assertThat(three.call("BLPOP " + K + " 0.1")).isEqualTo("(nil)");
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsForReplicasIsForgotten() {
        client.add("WAIT 1 0").send();
        awaitBlocked(0, 1);
        awaitBlocked(2, 1);
        client.leaveAbruptly();
        awaitBlocked(0, 0);
        awaitBlocked(2, 0);
    }

    private static void awaitBlocked(int node, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cluster.call(node, "INFO clients")
                .contains("blocked_clients:" + count + "\r"));
    }
}
