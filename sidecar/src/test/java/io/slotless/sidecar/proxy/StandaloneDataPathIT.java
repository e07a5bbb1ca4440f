package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes through the proxy in front of one real server. */
@Timeout(60)
class StandaloneDataPathIT {

    private static RealRedis redis;
    private static RunningProxy proxy;
    private TestClient client;

    @BeforeAll
    static void start() {
        redis = new RealRedis("enable-debug-command yes");
        proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        redis.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        client.call("FLUSHALL");
    }

    @AfterEach
    void leave() {
        client.close();
        awaitClients(0);
    }

    @Test
    void aClientThatLeavesInTheMiddleOfACommandLeavesNothing() {
        client.addRaw("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\nhalf").send();
        client.leaveAbruptly();
        awaitClients(0);
        client = proxy.client();
        assertThat(client.call("EXISTS k")).isEqualTo("0");
    }

    @Test
    void aClientThatLeavesBeforeItsRepliesDisturbsNobody() {
        for (int round = 0; round < 20; round++) {
            try (TestClient leaving = proxy.client()) {
                for (int i = 0; i < 200; i++) {
                    leaving.add("SET k" + i + " " + round).add("GET k" + i);
                }
                client.add("ECHO " + round);
                leaving.send();
                client.send();
                leaving.leaveAbruptly();
            }
            assertThat(client.reply()).isEqualTo(Integer.toString(round));
        }
        awaitClients(1);
        // All of the last round has run, in its order: whoever leaves has still sent what it sent.
        assertThat(client.call("PING")).isEqualTo("PONG");
    }

    @Test
    void manyThatComeAndLeaveAtOnceAreAllForgotten() {
        for (int i = 0; i < 300; i++) {
            proxy.client().leaveAbruptly();
        }
        awaitClients(1);
    }

    @Test
    void aClientThatLeavesWhileItWaitsInBlpopIsLostByTheServer() {
        client.add("BLPOP queue 0").send();
        awaitBlocked(1);
        client.leaveAbruptly();
        awaitBlocked(0);
    }

    @Test
    void aProtocolErrorIsToldWithRedissTextBehindTheRepliesBeforeIt() {
        client.add("SET k v").add("GET k").addRaw("*1\r\n!4\r\nPING\r\n").send();
        assertThat(client.rest()).isEqualTo("+OK\r\n$1\r\nv\r\n-ERR Protocol error: expected '$', got '!'\r\n");
    }

    @Test
    void quitIsAnsweredBehindEverythingBeforeItAndNothingBehindItRuns() {
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
            try (TestClient direct = new TestClient(redis.port())) {
                direct.call("DEBUG SLEEP 0.3");
            }
        });
        client.add("SET k v").add("GET k").add("QUIT").add("SET k other").send();
        assertThat(client.rest()).isEqualTo("+OK\r\n$1\r\nv\r\n+OK\r\n");
        slow.join();
        client = proxy.client();
        assertThat(client.call("GET k")).isEqualTo("v");
    }

    @Test
    void aLargeValueGoesThroughWhole() {
        byte[] value = LargeValue.of(64 * 1024 * 1024);
        assertThat(client.call(CommandFrame.of(List.of(
                        "SET".getBytes(StandardCharsets.US_ASCII), "k".getBytes(StandardCharsets.US_ASCII), value))))
                .isEqualTo("OK");
        assertThat(client.call("GET k").getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(value);
    }

    @Test
    void transactionsArePipelined() {
        client.add("SET a 1")
                .add("MULTI")
                .add("INCR a")
                .add("GET a")
                .add("EXEC")
                .add("GET a")
                .add("WATCH a")
                .add("GET a")
                .add("MULTI")
                .add("SET a 5")
                .add("DISCARD")
                .add("GET a")
                .add("EXEC")
                .send();
        assertThat(client.replies(13))
                .containsExactly(
                        "OK",
                        "OK",
                        "QUEUED",
                        "QUEUED",
                        "[2, 2]",
                        "2",
                        "OK",
                        "2",
                        "OK",
                        "QUEUED",
                        "OK",
                        "2",
                        "-ERR EXEC without MULTI");
    }

    @Test
    void aWatchedKeyThatAnotherChangesFailsTheTransaction() {
        assertThat(client.call("WATCH k")).isEqualTo("OK");
        try (TestClient other = proxy.client()) {
            assertThat(other.call("SET k other")).isEqualTo("OK");
        }
        client.add("MULTI").add("SET k mine").add("EXEC").add("GET k").send();
        assertThat(client.replies(4)).containsExactly("OK", "QUEUED", "(nil)", "other");
        // Not watched any more.
        client.add("SET k 3").add("MULTI").add("GET k").add("EXEC").send();
        assertThat(client.replies(4)).containsExactly("OK", "OK", "QUEUED", "[3]");
    }

    @Test
    void unwatchEndsTheWatching() {
        client.call("WATCH k");
        client.call("UNWATCH");
        try (TestClient other = proxy.client()) {
            other.call("SET k other");
        }
        client.add("MULTI").add("GET k").add("EXEC").send();
        assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "[other]");
    }

    @Test
    void aTransactionOfAClientThatLeftNeverHappens() {
        client.add("MULTI").add("SET k v").send();
        client.replies(2);
        client.leaveAbruptly();
        awaitClients(0);
        client = proxy.client();
        // Whoever gets that connection next is in no transaction.
        client.add("MULTI").add("EXISTS k").add("EXEC").send();
        assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "[0]");
    }

    @Test
    void waitIsAnsweredAndStopsNobody() {
        client.add("SET k v").add("WAIT 1 500").add("GET k").send();
        try (TestClient other = proxy.client()) {
            assertThat(other.call("GET k")).isEqualTo("v");
        }
        assertThat(client.replies(3)).containsExactly("OK", "0", "v");
    }

    @Test
    void messagesComeInResp2() {
        client.add("SUBSCRIBE one two").send();
        assertThat(client.replies(2)).containsExactly("[subscribe, one, 1]", "[subscribe, two, 2]");
        publish("one", "hello");
        assertThat(client.reply()).isEqualTo("[message, one, hello]");
        assertThat(client.call("GET k"))
                .isEqualTo("-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET"
                        + " are allowed in this context");
        assertThat(client.call("PING")).isEqualTo("[pong, ]");
        client.add("UNSUBSCRIBE").send();
        assertThat(client.replies(2)).allMatch(reply -> reply.startsWith("[unsubscribe, "));
        assertThat(client.call("GET k")).isEqualTo("(nil)");
    }

    @Test
    void messagesComeInResp3AmongTheRepliesOfOtherCommands() {
        assertThat(client.call("HELLO 3")).contains("proto, 3");
        client.add("SET k v").add("SUBSCRIBE one").add("GET k").send();
        assertThat(client.replies(3)).containsExactly("OK", "[subscribe, one, 1]", "v");
        publish("one", "hello");
        assertThat(client.reply()).isEqualTo("[message, one, hello]");
        assertThat(client.call("GET none")).isEqualTo("(nil)");
    }

    @Test
    void quitFromASubscriptionIsAnswered() {
        client.call("SUBSCRIBE one");
        client.add("QUIT").send();
        assertThat(client.rest()).isEqualTo("+OK\r\n");
    }

    @Test
    void aSubscriberThatLeavesIsLostByTheServer() {
        client.call("SUBSCRIBE gone");
        client.leaveAbruptly();
        Awaitility.await()
                .untilAsserted(() -> assertThat(direct("PUBSUB NUMSUB gone")).isEqualTo("[gone, 0]"));
    }

    @Test
    void resetIsAFreshStart() {
        client.add("CLIENT SETNAME me")
                .add("MULTI")
                .add("SET k v")
                .add("RESET")
                .add("CLIENT GETNAME")
                .add("EXISTS k")
                .send();
        assertThat(client.replies(6)).containsExactly("OK", "OK", "QUEUED", "RESET", "(nil)", "0");
    }

    @Test
    void databasesAreNotShared() {
        client.add("SELECT 3").add("SET k three").send();
        assertThat(client.replies(2)).containsExactly("OK", "OK");
        try (TestClient other = proxy.client()) {
            assertThat(other.call("GET k")).isEqualTo("(nil)");
            other.add("SELECT 3")
                    .add("GET k")
                    .add("MULTI")
                    .add("GET k")
                    .add("EXEC")
                    .send();
            assertThat(other.replies(5)).containsExactly("OK", "three", "OK", "QUEUED", "[three]");
        }
        assertThat(client.call("SELECT 99")).isEqualTo("-ERR DB index is out of range");
        assertThat(client.call("GET k")).isEqualTo("three");
    }

    @Test
    void oneClientTooManyIsToldSo() {
        try (RunningProxy small = new RunningProxy(
                RunningProxy.standalone(redis.port()), new ProxySettings(1, 2, 4096, 1024 * 1024, 1024 * 1024, 100))) {
            TestClient one = small.client();
            TestClient two = small.client();
            assertThat(one.call("PING")).isEqualTo("PONG");
            assertThat(two.call("PING")).isEqualTo("PONG");
            try (TestClient three = small.client()) {
                assertThat(three.rest()).isEqualTo("-ERR max number of clients reached\r\n");
            }
            one.close();
            Awaitility.await().until(() -> small.connectedClients() == 1);
            try (TestClient again = small.client()) {
                assertThat(again.call("PING")).isEqualTo("PONG");
            }
            two.close();
        }
    }

    @Test
    void aLongPipelineIsTakenInTurns() {
        int many = 20_000;
        CompletableFuture<List<String>> replies = CompletableFuture.supplyAsync(() -> client.replies(many));
        for (int i = 0; i < many; i++) {
            client.add("INCR n");
        }
        client.send();
        assertThat(replies.join()).first().isEqualTo("1");
        assertThat(replies.join()).last().isEqualTo(Integer.toString(many));
        assertThat(replies.join()).doesNotHaveDuplicates();
    }

    @Test
    void aConnectionKilledByTheServerIsMadeAgain() {
        client.add("SET k v").add("MULTI").add("GET k").add("EXEC").send();
        assertThat(client.replies(4)).containsExactly("OK", "OK", "QUEUED", "[v]");
        killConnections();
        client.add("MULTI").add("GET k").add("EXEC").send();
        assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "[v]");
        killConnections();
        assertThat(client.call("GET k")).isEqualTo("v");
    }

    @Test
    void aTransactionThatLosesItsConnectionIsOverAndItsClientIsTold() {
        client.add("MULTI").add("SET k v").send();
        client.replies(2);
        killConnections();
        client.add("SET k v").add("EXEC").send();
        assertThat(client.rest()).startsWith("-ERR slotless: ").containsOnlyOnce("\n");
        client = proxy.client();
        assertThat(client.call("EXISTS k")).isEqualTo("0");
    }

    @Test
    void aProtocolErrorEndsATransaction() {
        client.add("MULTI").addRaw("*1\r\n!4\r\nPING\r\n").send();
        assertThat(client.rest()).isEqualTo("+OK\r\n-ERR Protocol error: expected '$', got '!'\r\n");
    }

    private static void killConnections() {
        int before = proxy.lostConnections();
        int killed = Integer.parseInt(direct("CLIENT KILL TYPE normal SKIPME yes"));
        Awaitility.await().until(() -> proxy.lostConnections() == before + killed);
    }

    private void publish(String channel, String message) {
        try (TestClient other = proxy.client()) {
            assertThat(other.call("PUBLISH " + channel + " " + message)).isEqualTo("1");
        }
    }

    private static String direct(String command) {
        try (TestClient direct = new TestClient(redis.port())) {
            return direct.call(command);
        }
    }

    private static void awaitBlocked(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> direct("INFO clients")
                .contains("blocked_clients:" + count));
    }

    private static void awaitClients(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> proxy.connectedClients() == count);
    }
}
