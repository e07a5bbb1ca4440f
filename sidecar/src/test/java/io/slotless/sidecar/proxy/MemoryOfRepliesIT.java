package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.testing.DirectMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replies that together are many times what there is room for, in front of a real cluster, beside a client that needs next to nothing. */
@Timeout(180)
class MemoryOfRepliesIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final int ROOM = 8 * MEGABYTE;
    /** What lies here, and what is on its way through. */
    private static final long MOST = 2L * ROOM;

    private static final byte[] VALUE = LargeValue.of(MEGABYTE);
    private static final String TEXT = new String(VALUE, StandardCharsets.ISO_8859_1);
    private static final int KEYS = 12;

    private static ThreeNodes nodes;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TestClient> clients = new ArrayList<>();
    private RunningProxy proxy;
    private TestClient other;

    @BeforeAll
    static void fill(@TempDir Path folder) throws Exception {
        nodes = new ThreeNodes(folder, "client-output-buffer-limit normal 0 0 0");
        for (int number = 0; number < KEYS; number++) {
            try (TestClient client = nodes.client(number % 3)) {
                client.call(
                        CommandFrame.of(List.of("SET".getBytes(), key(number).getBytes(), VALUE)));
            }
        }
    }

    @AfterAll
    static void end() {
        nodes.close();
    }

    @BeforeEach
    void start() {
        proxy = new RunningProxy(
                RunningProxy.cluster(nodes.ports()),
                ProxySettings.DEFAULT,
                RespLimits.DEFAULT.withCommandsUpTo(ROOM),
                true);
        other = client();
        assertThat(other.call("SET " + ThreeNodes.key(2, 1) + " 1")).isEqualTo("OK");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        clients.forEach(TestClient::close);
        proxy.close();
    }

    @Test
    void whatComesBeforeItsTurnIsLeftWithItsNodeAndOthersGoOn() throws Exception {
        long before = DirectMemory.used();
        List<TestClient> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(client());
        }
        String node = signal("-STOP", 0);
        try {
            for (TestClient client : waiting) {
                client.add("GET " + key(0));
                IntStream.range(0, 50).forEach(i -> client.add("GET " + key(1)));
                client.send();
            }
            awaitStandstill(1);
            assertThat(DirectMemory.used() - before).isLessThan(MOST);
            assertThatOthersGoOn();
            assertThat(other.call("GET " + key(1))).isEqualTo(TEXT);
        } finally {
            signal("-CONT", node);
        }
        for (TestClient client : waiting) {
            assertThat(client.replies(51)).containsOnly(TEXT);
        }
        assertThat(proxy.evicted()).isZero();
    }

    @Test
    void largeRepliesOfAllNodesAtOnceAllArriveInTheOrderOfTheCommands() throws Exception {
        long before = DirectMemory.used();
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Random random = new Random(i);
            TestClient client = client();
            List<Integer> numbers = random.ints(60, 0, KEYS).boxed().toList();
            all.add(() -> {
                numbers.forEach(number -> client.add("GET " + key(number)).add("ECHO " + number));
                client.send();
                for (int number : numbers) {
                    assertThat(client.reply()).isEqualTo(TEXT);
                    assertThat(client.reply()).isEqualTo("" + number);
                }
                return true;
            });
        }
        untilAllAreDone(all);
        assertThat(DirectMemory.used() - before).isLessThan(MOST);
        assertThat(proxy.evicted()).isZero();
    }

    @Test
    void manyLargeValuesOfManyClientsAtOnceAllArriveAndOthersGoOn() throws Exception {
        long before = DirectMemory.used();
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<String> keys = new ArrayList<>(
                    IntStream.range(0, KEYS).mapToObj(MemoryOfRepliesIT::key).toList());
            Collections.shuffle(keys, new Random(i));
            TestClient client = client();
            String expected = "[" + TEXT + ", (nil), " + String.join(", ", Collections.nCopies(KEYS - 1, TEXT)) + "]";
            keys.add(1, "absent");
            all.add(() -> {
                client.add("MGET " + String.join(" ", keys))
                        .add("MGET " + String.join(" ", keys))
                        .send();
                assertThat(client.reply()).isEqualTo(expected);
                assertThat(client.reply()).isEqualTo(expected);
                return true;
            });
        }
        untilAllAreDone(all);
        assertThat(DirectMemory.used() - before).isLessThan(MOST);
        assertThat(proxy.evicted()).isZero();
    }

    @Test
    void whatSomeDoNotReadIsLeftWithTheirNodes() throws Exception {
        long before = DirectMemory.used();
        List<TestClient> slow = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            TestClient client = client();
            slow.add(client);
            IntStream.range(0, 20).forEach(n -> client.add("GET " + key(1)));
            client.send();
            awaitStandstill(1);
        }
        assertThat(DirectMemory.used() - before).isLessThan(MOST);
        assertThatOthersGoOn();
        for (TestClient client : slow) {
            assertThat(client.replies(20)).containsOnly(TEXT);
        }
        assertThat(proxy.evicted()).isZero();
    }

    /** As Redis does with clients above its maxmemory-clients. */
    @Test
    void whereEvenTheLeastOfEachIsTooMuchTheClientWithMostIsEvicted() throws Exception {
        long before = DirectMemory.used();
        for (int i = 0; i < 150; i++) {
            TestClient client = client();
            IntStream.range(0, 10).forEach(n -> client.add("GET " + key(1)));
            client.send();
            awaitStandstill(1);
        }
        assertThat(proxy.evicted()).isPositive();
        assertThat(DirectMemory.used() - before).isLessThan(MOST + ROOM);
        assertThatOthersGoOn();
    }

    private void untilAllAreDone(List<Callable<Boolean>> all) throws Exception {
        List<Future<Boolean>> done = all.stream().map(threads::submit).toList();
        while (!done.stream().allMatch(Future::isDone)) {
            assertThatOthersGoOn();
        }
        for (Future<Boolean> each : done) {
            each.get();
        }
    }

    private void assertThatOthersGoOn() {
        String key = ThreeNodes.key(2, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(other.call("SET " + key + " " + i)).isEqualTo("OK");
            assertThat(other.call("GET " + key)).isEqualTo("" + i);
        }
    }

    /** Until a node has sent all that is taken from it. */
    private static void awaitStandstill(int node) {
        try (TestClient direct = nodes.client(node)) {
            long[] last = {-1};
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        String output = direct.call("INFO stats")
                                .lines()
                                .filter(line -> line.startsWith("total_net_output_bytes"))
                                .findFirst()
                                .orElseThrow();
                        long sent = Long.parseLong(
                                output.substring(output.indexOf(':') + 1).strip());
                        // The question's own answer is a few kilobytes.
                        boolean still = last[0] >= 0 && sent - last[0] < 50_000;
                        last[0] = sent;
                        return still;
                    });
        }
    }

    /** @return the process of the node */
    private static String signal(String signal, int node) throws IOException, InterruptedException {
        String pid = nodes.call(node, "INFO server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
        signal(signal, pid);
        return pid;
    }

    private static void signal(String signal, String process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, process).start().waitFor())
                .isZero();
    }

    /** Each in a slot of its own, of one node after the other. */
    private static String key(int number) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> number + ":" + i)
                .filter(key -> ThreeNodes.slot(key) * 3 / 16_384 == number % 3)
                .findFirst()
                .orElseThrow();
    }

    private TestClient client() {
        TestClient client = proxy.client();
        clients.add(client);
        return client;
    }
}
