package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever node answers first: replies come in the order of the commands, values in the order of the keys. */
class PipelineIT {

    private static final int COMMANDS = 10_000;
    private static final int KEYS = 1_000;

    private final Stage stage = Stage.shared();

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @Test
    void tenThousandMixedCommandsOverAllSlotsAreAnsweredInOrder() {
        Random random = new Random(7);
        Map<String, Long> counters = new HashMap<>();
        List<List<byte[]>> commands = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            String key = "key-" + random.nextInt(3000);
            Long value = counters.get(key);
            switch (random.nextInt(6)) {
                case 0 -> {
                    commands.add(PlainRedisClient.bytes("SET", key, Integer.toString(i)));
                    expected.add("+OK\r\n");
                    counters.put(key, (long) i);
                }
                case 1 -> {
                    commands.add(PlainRedisClient.bytes("INCR", key));
                    counters.merge(key, 1L, Long::sum);
                    expected.add(":" + counters.get(key) + "\r\n");
                }
                case 2 -> {
                    commands.add(PlainRedisClient.bytes("DEL", key));
                    expected.add(value == null ? ":0\r\n" : ":1\r\n");
                    counters.remove(key);
                }
                case 3 -> {
                    commands.add(PlainRedisClient.bytes("ECHO", "number " + i));
                    expected.add("$" + ("number " + i).length() + "\r\nnumber " + i + "\r\n");
                }
                case 4 -> {
                    commands.add(PlainRedisClient.bytes("LPUSH", key));
                    expected.add("-ERR wrong number of arguments for 'lpush' command\r\n");
                }
                default -> {
                    commands.add(PlainRedisClient.bytes("GET", key));
                    expected.add(value == null ? "$-1\r\n" : bulk(Long.toString(value)));
                }
            }
        }
        try (PlainRedisClient client = stage.clusterClient()) {
            List<Reply> replies = client.pipeline(commands);
            assertThat(replies.stream().map(Reply::wire)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void msetAndMgetOfAThousandKeysKeepTheOrderOfKeys() {
        List<String> mset = new ArrayList<>(List.of("MSET"));
        List<String> mget = new ArrayList<>(List.of("MGET"));
        StringBuilder expected = new StringBuilder("*" + 2 * KEYS + "\r\n");
        for (int i = 0; i < KEYS; i++) {
            mset.addAll(List.of("many-" + i, "value of " + i));
            // Every other key does not exist: its place is kept, too.
            mget.addAll(List.of("many-" + i, "none-" + i));
            expected.append(bulk("value of " + i)).append("$-1\r\n");
        }
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call(mset.toArray(String[]::new)).wire()).isEqualTo("+OK\r\n");
            assertThat(client.call(mget.toArray(String[]::new)).wire()).isEqualTo(expected.toString());
        }
        assertThat(stage.cluster().primaries())
                .allSatisfy(
                        primary -> assertThat(primary.call("DBSIZE").number()).isGreaterThan(KEYS / 5));
    }

    @Test
    void countsOfSplitCommandsAreSummed() {
        try (PlainRedisClient client = stage.clusterClient()) {
            client.demand("MSET", "a", "1", "b", "2", "c", "3", "d", "4");
            assertThat(client.call("EXISTS", "a", "b", "x", "c", "a").wire()).isEqualTo(":4\r\n");
            assertThat(client.call("TOUCH", "a", "b", "x").wire()).isEqualTo(":2\r\n");
            assertThat(client.call("UNLINK", "a", "x", "b").wire()).isEqualTo(":2\r\n");
            assertThat(client.call("DEL", "a", "b", "c", "d").wire()).isEqualTo(":2\r\n");
        }
    }

    @Test
    void aCommandOverSeveralSlotsThatCannotBeSplitGetsTheServersOwnError() {
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call("SINTERSTORE", "to", "one", "other").wire())
                    .isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot\r\n");
            assertThat(client.call("PING").wire()).isEqualTo("+PONG\r\n");
        }
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }
}
