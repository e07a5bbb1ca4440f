package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SCAN while keys come and go, slots move key by key, and primaries die: no key that was there throughout is missed, nothing
 * is shown that never was, and the cursor ends.
 */
@Timeout(180)
class ScanWhileTheClusterChangesIT {

    private static final int TAGS = 60;
    private static final int KEYS_PER_TAG = 25;
    private static final int KEYS_OF_HOT_TAG = 11_000;
    private static final int MOVES = 6;
    /** A healthy scan of these keys takes some hundred calls; one that begins anew, twice as many. */
    private static final int MOST_CALLS = 5_000;

    private static final Stage STAGE = Stage.shared();

    @AfterAll
    static void heal() {
        STAGE.cluster().heal();
        STAGE.cluster().flush();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void slotsMove(long seed) throws InterruptedException {
        scanDuring(seed, false, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103})
    void slotsMoveAndAPrimaryDies(long seed) throws InterruptedException {
        scanDuring(seed, true, 0);
    }

    /** One slot has more keys than come at once when the scan goes by slots. */
    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203, 204})
    void inSpiteOfASlotWithVeryManyKeys(long seed) throws InterruptedException {
        scanDuring(seed, seed % 2 == 0, KEYS_OF_HOT_TAG);
    }

    private void scanDuring(long seed, boolean failover, int hotKeys) throws InterruptedException {
        STAGE.cluster().heal();
        STAGE.cluster().flush();
        Random random = new Random(seed);
        Set<String> lasting = fill(hotKeys);
        Changes changes = new Changes(new Random(random.nextLong()), failover);
        Churn churn = new Churn(new Random(random.nextLong()));
        churn.start();
        changes.start();
        Set<String> seen = new HashSet<>();
        try (PlainRedisClient client = STAGE.clusterClient()) {
            scan(client, random, changes, seen);
        } finally {
            changes.scanned();
            changes.join();
            churn.finished = true;
            churn.join();
        }
        assertThat(changes.problem).isNull();
        assertThat(seen).as("seed %d", seed).containsAll(lasting);
        seen.removeAll(lasting);
        assertThat(seen).allMatch(key -> key.startsWith("churn"));
    }

    private static void scan(PlainRedisClient client, Random random, Changes changes, Set<String> seen) {
        String cursor = "0";
        int calls = 0;
        do {
            changes.mayGoOn(random.nextInt(3) == 0 ? 1 : 0);
            Reply reply = client.call("SCAN", cursor, "COUNT", Integer.toString(1 + random.nextInt(30)));
            assertThat(++calls).isLessThan(MOST_CALLS);
            if (reply.isError()) {
                // As long as the primary is away; a client tries again.
                assertThat(reply.text()).matches("(ERR slotless|CLUSTERDOWN|TRYAGAIN).*");
            } else {
                cursor = reply.elements().get(0).text();
                assertThat(Long.parseLong(cursor)).isNotNegative();
                reply.elements().get(1).elements().forEach(key -> seen.add(key.text()));
            }
        } while (!cursor.equals("0"));
    }

    private static Set<String> fill(int hotKeys) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < hotKeys; i++) {
            keys.add("{hot}lasting:" + i);
        }
        for (int tag = 0; tag < TAGS; tag++) {
            for (int i = 0; i < KEYS_PER_TAG; i++) {
                keys.add("{" + tag + "}lasting:" + i);
            }
        }
        try (PlainRedisClient client = STAGE.clusterClient()) {
            List<List<byte[]>> sets = keys.stream()
                    .map(key -> PlainRedisClient.bytes("SET", key, "v"))
                    .toList();
            assertThat(client.pipeline(sets)).noneMatch(Reply::isError);
        }
        // What has not reached the replica is not there throughout.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> STAGE.cluster().nodes().stream()
                                .mapToLong(node -> node.call("DBSIZE").number())
                                .sum()
                        == 2L * keys.size());
        return keys;
    }

    /** Slots that move, a batch of keys at a time, as far as the scan lets them; then perhaps a primary that dies. */
    private static final class Changes extends Thread {

        volatile String problem;
        private final Random random;
        private final boolean failover;
        private final Semaphore steps = new Semaphore(0);

        Changes(Random random, boolean failover) {
            super("changes");
            this.random = random;
            this.failover = failover;
        }

        void mayGoOn(int howManySteps) {
            steps.release(howManySteps);
        }

        void scanned() {
            steps.release(1_000_000);
        }

        @Override
        public void run() {
            try {
                int before = failover ? random.nextInt(MOVES) : MOVES;
                IntStream.range(0, before).forEach(i -> move());
                if (failover) {
                    step();
                    int slot = STAGE.cluster().slotOf("{" + random.nextInt(TAGS) + "}");
                    RedisServer primary = STAGE.cluster().primaryOf(slot);
                    primary.kill();
                    STAGE.cluster().awaitFailover(slot, primary);
                }
            } catch (RuntimeException e) {
                problem = e.toString();
            }
        }

        private void move() {
            int slot = STAGE.cluster().slotOf("{" + random.nextInt(TAGS) + "}");
            RedisServer owner = STAGE.cluster().primaryOf(slot);
            List<RedisServer> others = STAGE.cluster().primaries().stream()
                    .filter(primary -> primary != owner)
                    .toList();
            STAGE.cluster().moveSlot(slot, others.get(random.nextInt(others.size())), 10, this::step);
        }

        private void step() {
            try {
                if (!steps.tryAcquire(60, TimeUnit.SECONDS)) {
                    problem = "the scan stands still";
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Keys that come and go. */
    private static final class Churn extends Thread {

        volatile boolean finished;
        private final Random random;

        Churn(Random random) {
            super("churn");
            this.random = random;
        }

        @Override
        public void run() {
            try (PlainRedisClient client = STAGE.clusterClient()) {
                while (!finished) {
                    String key = "churn:" + random.nextInt(3000);
                    client.call(random.nextBoolean() ? "SET" : "APPEND", key, "v");
                    client.call("DEL", "churn:" + random.nextInt(3000));
                }
            }
        }
    }
}
