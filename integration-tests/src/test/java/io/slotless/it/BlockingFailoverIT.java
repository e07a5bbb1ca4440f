package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A primary dies while clients wait in blocking commands: they wait on at its replica, and get what is pushed there. */
@Timeout(180)
class BlockingFailoverIT {

    /** By key: what waits for it, what ends that, and a word of the reply. */
    private static final Map<String, List<String>> COMMANDS = new TreeMap<>(Map.of(
            "{b}1", List.of("BLPOP {b}1 0", "RPUSH {b}1 one", "one"),
            "{b}2", List.of("BRPOPLPUSH {b}2 {b}x 60", "RPUSH {b}2 two", "two"),
            "{b}3", List.of("BLMOVE {b}3 {b}x LEFT RIGHT 60", "RPUSH {b}3 three", "three"),
            "{b}4", List.of("BZPOPMIN {b}4 60", "ZADD {b}4 1 four", "four"),
            "{b}5", List.of("XREAD BLOCK 60000 STREAMS {b}5 $", "XADD {b}5 * f five", "five"),
            "{b}6", List.of("XREADGROUP GROUP g c BLOCK 0 STREAMS {b}6 >", "XADD {b}6 * f six", "six"),
            "{b}7", List.of("BLMPOP 60 1 {b}7 LEFT", "RPUSH {b}7 seven", "seven")));

    private final Stage stage = Stage.shared();
    private final List<PlainRedisClient> clients = new ArrayList<>();

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @AfterEach
    void heal() {
        clients.forEach(PlainRedisClient::close);
        stage.cluster().heal();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theyGetWhatIsPushedAtTheReplicaThatTookOver(int protocol) {
        int slot = stage.cluster().slotOf("{b}");
        RedisServer primary = stage.cluster().primaryOf(slot);
        try (PlainRedisClient direct = primary.client()) {
            direct.demand("XGROUP", "CREATE", "{b}6", "g", "$", "MKSTREAM");
            // On the connection that wrote: WAIT waits for nobody else's writes. Emptying the cluster is before them.
            assertThat(direct.demand("WAIT", "1", "10000").wire()).isEqualTo(":1\r\n");
        }
        Map<String, PlainRedisClient> waiting = new TreeMap<>();
        COMMANDS.forEach((key, command) -> {
            PlainRedisClient client = client();
            client.demand("HELLO", Integer.toString(protocol));
            client.send(command.get(0).split(" "));
            waiting.put(key, client);
        });
        awaitBlocked(primary, COMMANDS.size());
        primary.kill();
        stage.cluster().awaitFailover(slot, primary);
        awaitBlocked(stage.cluster().primaryOf(slot), COMMANDS.size());
        PlainRedisClient pushing = client();
        COMMANDS.forEach((key, command) -> {
            pushing.demand(command.get(1).split(" "));
            Reply reply = waiting.get(key).read();
            assertThat(reply.isError()).as(reply.wire()).isFalse();
            assertThat(reply.wire()).as(command.get(0)).contains(command.get(2));
            assertThat(waiting.get(key).call("PING").text()).isEqualTo("PONG");
        });
    }

    @Test
    void theTimeGoesOnMeanwhile() {
        int slot = stage.cluster().slotOf("{b}");
        RedisServer primary = stage.cluster().primaryOf(slot);
        PlainRedisClient client = client();
        long begin = System.nanoTime();
        client.send("BLPOP", "{b}1", "8.5");
        awaitBlocked(primary, 1);
        primary.kill();
        Reply reply = client.read();
        assertThat(reply.isNull()).as(reply.wire()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(8_400), Duration.ofSeconds(20));
    }

    private PlainRedisClient client() {
        PlainRedisClient client = stage.clusterClient();
        clients.add(client);
        return client;
    }

    private static void awaitBlocked(RedisServer server, int count) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(server.info("blocked_clients"))
                .as(() -> "clients that wait at the server: " + server.call("CLIENT", "LIST"))
                .isEqualTo(Integer.toString(count)));
    }
}
