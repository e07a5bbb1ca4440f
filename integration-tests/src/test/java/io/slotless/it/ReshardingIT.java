package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Slots move to another shard while they are used: ASK and MOVED stay between the sidecar and the cluster. */
class ReshardingIT {

    private static final int KEYS = 200;
    private static final int ROUNDS = 3;

    private final Stage stage = Stage.shared();

    @Test
    void aClientDoesNotNoticeThatItsSlotMoves() throws InterruptedException {
        stage.cluster().flush();
        int slot = stage.cluster().slotOf("{moving}");
        RedisServer home = stage.cluster().primaryOf(slot);
        RedisServer away = stage.cluster().primaries().stream()
                .filter(primary -> primary != home)
                .findFirst()
                .orElseThrow();
        Load load = new Load(stage.clusterClient());
        load.start();
        await().until(() -> load.rounds > 0 || !load.problems.isEmpty());
        for (int i = 0; i < ROUNDS; i++) {
            stage.cluster().moveSlot(slot, away);
            stage.cluster().moveSlot(slot, home);
        }
        long before = load.rounds;
        await().until(() -> load.rounds > before || !load.problems.isEmpty());
        load.finished = true;
        load.join();
        assertThat(load.problems).as(stage.cluster().views(slot)).isEmpty();
        assertThat(home.call("GET", "{moving}0").number()).isEqualTo(load.rounds);
    }

    /** Counts up every key of the slot, one by one and in pipelines. */
    private static final class Load extends Thread {
        final List<String> problems = new CopyOnWriteArrayList<>();
        volatile long rounds;
        volatile boolean finished;
        private final PlainRedisClient client;

        Load(PlainRedisClient client) {
            super("load");
            this.client = client;
        }

        @Override
        public void run() {
            try (client) {
                while (!finished && problems.isEmpty()) {
                    long expected = rounds + 1;
                    for (int i = 0; i < KEYS; i++) {
                        check(client.call("INCR", "{moving}" + i), expected);
                    }
                    List<List<byte[]>> gets = IntStream.range(0, KEYS)
                            .mapToObj(i -> PlainRedisClient.bytes("GET", "{moving}" + i))
                            .toList();
                    client.pipeline(gets).forEach(reply -> check(reply, expected));
                    rounds = expected;
                }
            } catch (RuntimeException e) {
                problems.add(e.toString());
            }
        }

        private void check(Reply reply, long expected) {
            if (reply.isError() || reply.isNull() || reply.number() != expected) {
                problems.add("expected " + expected + " and got " + reply);
            }
        }
    }
}
