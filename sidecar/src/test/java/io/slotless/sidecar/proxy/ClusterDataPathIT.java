package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes through the proxy in front of three real nodes. */
@Timeout(60)
class ClusterDataPathIT {

    private static final int MANY = 300;

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private TestClient client;

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
        client.call("FLUSHALL");
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void repliesComeInTheOrderOfTheCommandsThoughOneNodeIsSlow() {
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> cluster.call(0, "DEBUG SLEEP 0.5"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            client.add("SET " + ThreeNodes.key(i % 3, i) + " " + i);
            expected.add("OK");
        }
        for (int i = 0; i < MANY; i++) {
            client.add("GET " + ThreeNodes.key(i % 3, i));
            expected.add(Integer.toString(i));
        }
        client.add("MGET " + ThreeNodes.key(2, 2) + " " + ThreeNodes.key(0, 0) + " " + ThreeNodes.key(1, 1));
        expected.add("[2, 0, 1]");
        client.add("DBSIZE");
        expected.add(Integer.toString(MANY));
        client.send();
        assertThat(client.replies(expected.size())).isEqualTo(expected);
        slow.join();
    }

    @Test
    void aSlowNodeDoesNotStopAnotherClient() {
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> cluster.call(0, "DEBUG SLEEP 1"));
        client.add("GET " + ThreeNodes.key(0, 0)).send();
        try (TestClient other = proxy.client()) {
            for (int i = 0; i < 10; i++) {
                assertThat(other.call("SET " + ThreeNodes.key(1, i) + " x")).isEqualTo("OK");
            }
        }
        assertThat(client.reply()).isEqualTo("(nil)");
        slow.join();
    }

    @Test
    void aSlotThatMovesDuringPipelinesLosesAndReordersNothing() {
        String key = ThreeNodes.key(0, 1);
        int slot = ThreeNodes.slot(key);
        Appender appender = new Appender(key);
        CompletableFuture<Void> appending = CompletableFuture.runAsync(appender);
        try {
            for (int round = 0; round < 3; round++) {
                cluster.beginMove(slot, 0, 1);
                appender.awaitMore();
                cluster.moveKey(key, 0, 1);
                appender.awaitMore();
                cluster.endMove(slot, 0, 1);
                appender.awaitMore();
                cluster.beginMove(slot, 1, 0);
                cluster.moveKey(key, 1, 0);
                cluster.endMove(slot, 1, 0);
                appender.awaitMore();
            }
        } finally {
            appender.stop = true;
        }
        appending.join();
        assertThat(client.call("LRANGE " + key + " 0 -1"))
                .isEqualTo(IntStream.range(0, appender.next)
                        .mapToObj(Integer::toString)
                        .toList()
                        .toString());
    }

    /** Appends numbers to a list, in pipelines, and checks each reply: the length of the list. */
    private static final class Appender implements Runnable {

        private final String key;
        private volatile int next;
        private volatile boolean stop;

        Appender(String key) {
            this.key = key;
        }

        void awaitMore() {
            int seen = next;
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> next > seen + 100);
        }

        @Override
        public void run() {
            try (TestClient appending = proxy.client()) {
                while (!stop) {
                    int first = next;
                    List<String> expected = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        appending.add("RPUSH " + key + " " + (first + i));
                        expected.add(Integer.toString(first + i + 1));
                    }
                    appending.send();
                    assertThat(appending.replies(20)).isEqualTo(expected);
                    next = first + 20;
                }
            } finally {
                next = stop ? next : Integer.MAX_VALUE;
            }
        }
    }

    @Test
    void commandsThatHaveToWaitForAMoveWait() {
        String one = ThreeNodes.key(2, 1);
        String two = ThreeNodes.key(2, 2);
        int slot = ThreeNodes.slot(one);
        client.call("MSET " + one + " 1 " + two + " 2");
        cluster.beginMove(slot, 2, 1);
        cluster.moveKey(one, 2, 1);
        // One key is here and one there: TRYAGAIN, until the other has followed.
        client.add("MGET " + one + " " + two).add("GET " + one).add("PING").send();
        try (TestClient other = proxy.client()) {
            assertThat(other.call("GET " + two)).isEqualTo("2");
        }
        cluster.moveKey(two, 2, 1);
        assertThat(client.replies(3)).containsExactly("[1, 2]", "1", "PONG");
        cluster.endMove(slot, 2, 1);
        assertThat(client.call("MGET " + one + " " + two)).isEqualTo("[1, 2]");
        cluster.beginMove(slot, 1, 2);
        cluster.moveKey(one, 1, 2);
        cluster.moveKey(two, 1, 2);
        cluster.endMove(slot, 1, 2);
        assertThat(client.call("MGET " + one + " " + two)).isEqualTo("[1, 2]");
    }

    @Test
    void aLargeValueGoesThroughWhole() {
        byte[] value = LargeValue.of(64 * 1024 * 1024);
        byte[] key = ThreeNodes.key(1, 0).getBytes(StandardCharsets.US_ASCII);
        assertThat(client.call(CommandFrame.of(List.of("SET".getBytes(StandardCharsets.US_ASCII), key, value))))
                .isEqualTo("OK");
        assertThat(client.call("GET " + ThreeNodes.key(1, 0)).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(value);
        assertThat(client.call("MGET " + ThreeNodes.key(1, 0) + " " + ThreeNodes.key(0, 0)))
                .hasSize(value.length + 9);
    }

    @Test
    void aClientIsToldWhatIsWrongThoughItIsStillSending() {
        client.addRaw("*1\r\n$536870913\r\n" + "x".repeat(32 * 1024 * 1024)).send();
        assertThat(client.rest()).isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
    }

    @Test
    void aClientThatLeavesWhileItWaitsInBlpopIsLostByTheServer() {
        client.add("BLPOP " + ThreeNodes.key(0, 9) + " 0").send();
        awaitBlocked(0, 1);
        client.leaveAbruptly();
        awaitBlocked(0, 0);
    }

    @Test
    void aBlockedClientGetsItsElementAndGoesOn() {
        client.add("BLPOP " + ThreeNodes.key(0, 8) + " 0")
                .add("PING")
                .add("GET " + ThreeNodes.key(1, 1))
                .send();
        awaitBlocked(0, 1);
        try (TestClient other = proxy.client()) {
            assertThat(other.call("LPUSH " + ThreeNodes.key(0, 8) + " v")).isEqualTo("1");
        }
        assertThat(client.replies(3)).containsExactly("[" + ThreeNodes.key(0, 8) + ", v]", "PONG", "(nil)");
    }

    private static void awaitBlocked(int node, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> cluster.call(node, "INFO clients")
                .contains("blocked_clients:" + count));
    }
}
