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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients count one counter up by WATCH, MULTI and EXEC, whatever the cluster does meanwhile: none is lost, none counts twice. */
@Timeout(180)
class TransactionIT {

    private static final String COUNTER = "{counter}n";
    private static final int COUNTERS = 12;
    private static final int READERS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final AtomicLong counted = new AtomicLong();
    /** EXECs of which nobody knows whether they ran. */
    private final AtomicLong unknown = new AtomicLong();

    private final AtomicLong read = new AtomicLong();
    private final Map<String, Long> errors = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private volatile boolean finished;

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @AfterEach
    void heal() {
        stage.cluster().heal();
    }

    @Test
    void manyClientsAtOnceAndOthersReadInPipelines() throws InterruptedException {
        List<Thread> threads = start(READERS);
        awaitMore(counted, 500);
        awaitMore(read, 5_000);
        finish(threads);
        assertThat(errors).isEmpty();
        assertThat(counter()).isEqualTo(counted.get());
    }

    @Test
    void whileTheirSlotMoves() throws InterruptedException {
        int slot = stage.cluster().slotOf(COUNTER);
        RedisServer home = stage.cluster().primaryOf(slot);
        RedisServer away = stage.cluster().primaries().stream()
                .filter(primary -> primary != home)
                .findFirst()
                .orElseThrow();
        List<Thread> threads = start(0);
        for (int round = 0; round < 3; round++) {
            awaitMore(counted, 20);
            stage.cluster().moveSlot(slot, away);
            awaitMore(counted, 20);
            stage.cluster().moveSlot(slot, home);
        }
        awaitMore(counted, 20);
        finish(threads);
        assertThat(errors).isEmpty();
        assertThat(counter()).isEqualTo(counted.get());
    }

    @Test
    void whileTheirPrimaryDies() throws InterruptedException {
        int slot = stage.cluster().slotOf(COUNTER);
        RedisServer primary = stage.cluster().primaryOf(slot);
        List<Thread> threads = start(0);
        awaitMore(counted, 100);
        primary.kill();
        stage.cluster().awaitFailover(slot, primary);
        awaitMore(counted, 100);
        finish(threads);
        assertThat(errors.keySet())
                .as("only an EXEC on its way may have been lost")
                .allMatch(error -> error.contains("may or may not have been executed"));
        // What was acknowledged and not yet replicated when the primary died is lost with it, as without us.
        assertThat(counter()).isLessThanOrEqualTo(counted.get() + unknown.get());
        assertThat(wrong).isEmpty();
    }

    private List<Thread> start(int readers) {
        List<Thread> threads = IntStream.range(0, COUNTERS + readers)
                .mapToObj(i -> new Thread(() -> work(i < COUNTERS), "client " + i))
                .toList();
        threads.forEach(Thread::start);
        return threads;
    }

    private void finish(List<Thread> threads) throws InterruptedException {
        finished = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    private void awaitMore(AtomicLong number, long more) {
        long goal = number.get() + more;
        await().atMost(LIMIT).until(() -> number.get() >= goal || !wrong.isEmpty());
        assertThat(wrong).isEmpty();
    }

    private long counter() {
        try (PlainRedisClient client = stage.clusterClient()) {
            return client.call("GET", COUNTER).number();
        }
    }

    private void work(boolean counting) {
        try (PlainRedisClient client = stage.clusterClient()) {
            while (!finished && wrong.isEmpty()) {
                if (counting) {
                    count(client);
                } else {
                    read(client);
                }
            }
        } catch (RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private void count(PlainRedisClient client) {
        if (isError(client.call("WATCH", COUNTER))) {
            return;
        }
        Reply seen = client.call("GET", COUNTER);
        if (isError(seen)) {
            client.call("UNWATCH");
            return;
        }
        long next = seen.isNull() ? 1 : seen.number() + 1;
        List<Reply> replies = client.pipeline(List.of(
                PlainRedisClient.bytes("MULTI"),
                PlainRedisClient.bytes("SET", COUNTER, Long.toString(next)),
                PlainRedisClient.bytes("EXEC")));
        Reply exec = replies.get(2);
        if (isError(exec)) {
            unknown.incrementAndGet();
        } else if (!exec.isNull()) {
            counted.incrementAndGet();
        }
    }

    private void read(PlainRedisClient client) {
        List<List<byte[]>> gets = IntStream.range(0, 20)
                .mapToObj(i -> PlainRedisClient.bytes("GET", "{r" + i + "}"))
                .toList();
        client.pipeline(gets).forEach(reply -> {
            if (!reply.isNull()) {
                wrong.add("GET got " + reply);
            }
        });
        read.addAndGet(gets.size());
    }

    private boolean isError(Reply reply) {
        if (reply.isError()) {
            errors.merge(reply.text(), 1L, Long::sum);
        }
        return reply.isError();
    }
}
