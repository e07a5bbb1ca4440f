package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.RealRedis;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients stay connected while what is behind the proxy changes, until it drains. */
@Timeout(60)
class ChangeOfConfigurationIT {

    private static ThreeNodes cluster;
    private static RealRedis single;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        single = new RealRedis("enable-debug-command yes");
    }

    @AfterAll
    static void stop() {
        cluster.close();
        single.close();
    }

    @Test
    void underLoadNoCommandIsLostAndNoneRunsTwice() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()))) {
            List<Counter> counters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                counters.add(new Counter(proxy, "load-" + i));
            }
            // A thread for each: the common pool has too few of them on a small machine.
            List<CompletableFuture<Void>> running = counters.stream()
                    .map(counter -> CompletableFuture.runAsync(counter, task -> new Thread(task, "load").start()))
                    .toList();
            for (int round = 0; round < 4; round++) {
                counters.forEach(Counter::awaitMore);
                proxy.reconfigure(RunningProxy.cluster(cluster.ports()));
                counters.forEach(Counter::awaitMore);
                proxy.reconfigure(RunningProxy.standalone(single.port()));
            }
            counters.forEach(counter -> counter.stop = true);
            running.forEach(CompletableFuture::join);
            for (Counter counter : counters) {
                assertThat(valueOf(counter.key)).isEqualTo(counter.counted);
            }
        }
    }

    /** Sum of what both sides have counted. */
    private static long valueOf(String key) {
        return Stream.of(
                        direct("GET " + key),
                        cluster.call(0, "GET " + key),
                        cluster.call(1, "GET " + key),
                        cluster.call(2, "GET " + key))
                .filter(reply -> reply.matches("[0-9]+"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Counts up in pipelines. */
    private static final class Counter implements Runnable {

        private final RunningProxy proxy;
        private final String key;
        private volatile long counted;
        private volatile boolean stop;

        Counter(RunningProxy proxy, String key) {
            this.proxy = proxy;
            this.key = key;
        }

        void awaitMore() {
            long seen = counted;
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> counted > seen + 50);
        }

        @Override
        public void run() {
            try (TestClient client = proxy.client()) {
                while (!stop) {
                    for (int i = 0; i < 10; i++) {
                        client.add("INCR " + key);
                    }
                    client.send();
                    assertThat(client.replies(10)).allMatch(reply -> reply.matches("[0-9]+"));
                    counted += 10;
                }
            }
        }
    }

    @Test
    void aTransactionEndsWhereItBegan() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
                TestClient client = proxy.client()) {
            client.add("MULTI").add("SET where single").send();
            assertThat(client.replies(2)).containsExactly("OK", "QUEUED");
            proxy.reconfigure(RunningProxy.cluster(cluster.ports()));
            try (TestClient other = proxy.client()) {
                assertThat(other.call("GET where")).isEqualTo("(nil)");
            }
            assertThat(client.call("EXEC")).isEqualTo("[OK]");
            assertThat(client.call("GET where")).isEqualTo("(nil)");
            proxy.reconfigure(RunningProxy.standalone(single.port()));
            Awaitility.await().until(() -> client.call("GET where").equals("single"));
        }
    }

    @Test
    void drainingFinishesRepliesAndTransactionsAndThenCloses() {
        RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
        TestClient idle = proxy.client();
        TestClient waiting = proxy.client();
        TestClient inTransaction = proxy.client();
        assertThat(idle.call("PING")).isEqualTo("PONG");
        inTransaction.add("MULTI").add("SET drained yes").send();
        assertThat(inTransaction.replies(2)).containsExactly("OK", "QUEUED");
        waiting.add("BLPOP until 0").add("SET never 1").send();
        Awaitility.await().until(() -> direct("INFO clients").contains("blocked_clients:1"));

        Future<Void> drained = proxy.drain(Duration.ofSeconds(20));
        assertThat(idle.rest()).isEmpty();
        assertThat(inTransaction.call("EXEC")).isEqualTo("[OK]");
        assertThat(inTransaction.rest()).isEmpty();
        assertThat(drained.isComplete()).isFalse();
        direct("LPUSH until now");
        assertThat(waiting.rest()).isEqualTo("*2\r\n$5\r\nuntil\r\n$3\r\nnow\r\n");
        RunningProxy.await(drained);
        assertThat(direct("EXISTS never")).isEqualTo("0");
        proxy.close();
    }

    @Test
    void drainingDoesNotWaitLongerThanItsLimit() {
        RunningProxy proxy = new RunningProxy(RunningProxy.standalone(single.port()));
        TestClient waiting = proxy.client();
        waiting.add("BLPOP never 0").send();
        Awaitility.await().until(() -> direct("INFO clients").contains("blocked_clients:1"));
        RunningProxy.await(proxy.drain(Duration.ofMillis(200)));
        assertThat(waiting.rest()).isEmpty();
        Awaitility.await().until(() -> direct("INFO clients").contains("blocked_clients:0"));
        proxy.close();
    }

    private static String direct(String command) {
        try (TestClient direct = new TestClient(single.port())) {
            return direct.call(command);
        }
    }
}
