package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a single Redis to a cluster and back while 20 clients work: none of them is told, none of them can tell. */
class LiveModeChangeIT {

    private static final int CONNECTIONS = 20;
    private static final String NAME = "moving";
    private static final String CLUSTER = "mode: CLUSTER";

    private final Stage stage = Stage.shared();

    @AfterEach
    void undo() {
        stage.api().delete(Stage.destination(NAME, Stage.MOVING_HOST, CLUSTER));
    }

    @Test
    void noConnectionIsClosedAndNoErrorReturned() throws InterruptedException {
        stage.cluster().flush();
        stage.single().call("FLUSHALL");
        String toCluster = Stage.destination(
                NAME,
                Stage.MOVING_HOST,
                CLUSTER,
                "discoveryEndpoints: ['" + Stage.CLUSTER_HOST + ":" + stage.port() + "']");
        String toSingle = Stage.destination(NAME, Stage.MOVING_HOST, "mode: PROXY");
        List<Load> loads = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> new Load(stage, number))
                .toList();
        loads.forEach(Thread::start);
        awaitProgress(loads);
        assertThat(stage.single().call("DBSIZE").number()).isGreaterThan(0);

        stage.api().apply(toCluster);
        await().untilAsserted(() -> assertThat(keysInCluster()).isGreaterThanOrEqualTo(CONNECTIONS));
        stage.single().call("FLUSHALL");
        awaitProgress(loads);
        assertThat(stage.single().call("DBSIZE").number())
                .as("keys that still went to the single Redis")
                .isZero();

        stage.api().apply(toSingle);
        await().untilAsserted(
                        () -> assertThat(stage.single().call("DBSIZE").number()).isGreaterThanOrEqualTo(CONNECTIONS));
        stage.cluster().flush();
        awaitProgress(loads);
        assertThat(keysInCluster()).as("keys that still went to the cluster").isZero();

        for (Load load : loads) {
            load.finish();
        }
        assertThat(loads).allSatisfy(load -> assertThat(load.problems).isEmpty());
    }

    private long keysInCluster() {
        return stage.cluster().primaries().stream()
                .mapToLong(primary -> primary.call("DBSIZE").number())
                .sum();
    }

    /** Waits until every client has done a hundred rounds more. */
    private static void awaitProgress(List<Load> loads) {
        List<Long> goals = loads.stream().map(load -> load.rounds.get() + 100).toList();
        await().untilAsserted(() -> assertThat(IntStream.range(0, loads.size())).allSatisfy(i -> assertThat(
                        loads.get(i).problems.isEmpty() ? loads.get(i).rounds.get() : -1)
                .isGreaterThanOrEqualTo(goals.get(i))));
    }

    /** One client on one connection that writes and reads keys of its own all over the slots. */
    private static final class Load extends Thread {
        final List<String> problems = new CopyOnWriteArrayList<>();
        final AtomicLong rounds = new AtomicLong();
        private volatile boolean finished;
        private final int number;
        private final PlainRedisClient client;

        Load(Stage stage, int number) {
            super("load " + number);
            this.number = number;
            this.client = PlainRedisClient.connect(stage.movingHost());
        }

        @Override
        public void run() {
            try (client) {
                while (!finished && problems.isEmpty()) {
                    round("load-" + number + "-" + rounds.get() % 50);
                    rounds.incrementAndGet();
                }
            } catch (RuntimeException e) {
                problems.add("round " + rounds + ": " + e);
            }
        }

        private void round(String key) {
            String value = key + "=" + rounds;
            check(client.call("SET", key, value), "+OK\r\n");
            Reply read = client.call("GET", key);
            // Between the two the host may have moved: then nothing, or what this client wrote there before.
            if (!read.isNull() && !read.text().startsWith(key + "=")) {
                problems.add("GET " + key + ": " + read);
            }
            List<Reply> pipelined = client.pipeline(List.of(
                    PlainRedisClient.bytes("EXISTS", key),
                    PlainRedisClient.bytes("ECHO", value),
                    PlainRedisClient.bytes("STRLEN", key)));
            if (pipelined.stream().anyMatch(Reply::isError)
                    || !pipelined.get(1).text().equals(value)) {
                problems.add("pipeline: " + pipelined);
            }
        }

        private void check(Reply reply, String expected) {
            if (!reply.wire().equals(expected)) {
                problems.add("expected " + expected.strip() + " and got " + reply);
            }
        }

        void finish() throws InterruptedException {
            finished = true;
            join();
        }
    }
}
