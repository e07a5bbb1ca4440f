package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A primary dies under load. Its replica takes over; the clients keep their connections and never read nonsense. */
class FailoverIT {

    private static final int CONNECTIONS = 8;
    private static final int KEYS_PER_CONNECTION = 60;

    private final Stage stage = Stage.shared();

    @AfterEach
    void heal() {
        stage.cluster().heal();
    }

    @Test
    void theSameConnectionsWorkAgainOnceTheReplicaHasTakenOver() throws InterruptedException {
        stage.cluster().flush();
        List<Load> loads = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> new Load(stage, number))
                .toList();
        loads.forEach(Thread::start);
        awaitSweeps(loads, Duration.ofSeconds(20));

        int slot = stage.cluster().slotOf("load-0-0");
        RedisServer primary = stage.cluster().primaryOf(slot);
        long killed = System.nanoTime();
        primary.kill();
        stage.cluster().awaitFailover(slot, primary);
        Duration failover = Duration.ofNanos(System.nanoTime() - killed);

        // The promise: from here on, whatever was refused in between, all keys work again on the connections of before.
        awaitSweeps(loads, Duration.ofSeconds(15));
        Duration recovery = Duration.ofNanos(System.nanoTime() - killed);
        for (Load load : loads) {
            load.finish();
        }
        Map<String, Long> errors = new ConcurrentHashMap<>();
        loads.forEach(load -> load.errors.forEach((text, count) -> errors.merge(text, count, Long::sum)));
        System.out.printf(
                "failover: replica took over after %d ms, every client swept all its keys by %d ms; %d commands, error replies %s%n",
                failover.toMillis(),
                recovery.toMillis(),
                loads.stream().mapToLong(load -> load.commands.get()).sum(),
                errors);
        assertThat(loads).allSatisfy(load -> assertThat(load.wrong).isNull());
        assertThat(errors.keySet())
                .as("redirections are ours to follow")
                .noneMatch(error -> error.startsWith("MOVED") || error.startsWith("ASK"));
    }

    /** Waits until every client has twice gone through all its keys without a single error. */
    private static void awaitSweeps(List<Load> loads, Duration limit) {
        List<Long> goals =
                loads.stream().map(load -> load.cleanSweeps.get() + 2).toList();
        await().atMost(limit).untilAsserted(() -> assertThat(IntStream.range(0, loads.size()))
                .allSatisfy(i -> {
                    assertThat(loads.get(i).wrong).isNull();
                    assertThat(loads.get(i).cleanSweeps.get()).isGreaterThanOrEqualTo(goals.get(i));
                }));
    }

    /** One client on one connection with keys in all slots; what it reads must be what it wrote, now or earlier. */
    private static final class Load extends Thread {
        final Map<String, Long> errors = new ConcurrentHashMap<>();
        volatile String wrong;
        final AtomicLong cleanSweeps = new AtomicLong();
        final AtomicLong commands = new AtomicLong();
        private volatile boolean finished;
        private final int number;
        private final PlainRedisClient client;

        Load(Stage stage, int number) {
            super("load " + number);
            this.number = number;
            this.client = stage.clusterClient();
        }

        @Override
        public void run() {
            try (client) {
                for (long sweep = 0; !finished && wrong == null; sweep++) {
                    if (sweep(sweep)) {
                        cleanSweeps.incrementAndGet();
                    }
                }
            } catch (RuntimeException e) {
                wrong = "the connection broke: " + e;
            }
        }

        private boolean sweep(long sweep) {
            boolean clean = true;
            for (int i = 0; i < KEYS_PER_CONNECTION; i++) {
                String key = "load-" + number + "-" + i;
                clean &= isFine(client.call("SET", key, key + "=" + sweep), "OK");
                clean &= isFine(client.call("GET", key), key + "=");
                commands.addAndGet(2);
            }
            return clean;
        }

        /** An error reply is allowed while the primary is gone; a wrong value never is. */
        private boolean isFine(Reply reply, String prefix) {
            if (reply.isError()) {
                errors.merge(reply.text(), 1L, Long::sum);
                return false;
            }
            if (!reply.isNull() && !reply.text().startsWith(prefix)) {
                wrong = "expected " + prefix + "… and got " + reply;
            }
            return true;
        }

        void finish() throws InterruptedException {
            finished = true;
            join();
        }
    }
}
