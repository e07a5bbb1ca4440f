package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection to a cluster looks like to a client that asks: like one to a single Redis. */
class ClusterModeIT {

    private static final int BIG = 16 * 1024 * 1024;

    private final Stage stage = Stage.shared();

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING",
                "ECHO hello",
                "SELECT 0",
                "CLIENT SETNAME me",
                "GET nosuchkey",
                "PING hello",
                "SELECT 1x",
                "ECHO",
                "GET",
                "CLIENT GETNAME",
                "NOSUCHCOMMAND a b",
                "CLUSTER INFO",
                "READONLY"
            })
    void theAnswerIsThatOfASingleRedis(String line) {
        try (PlainRedisClient client = stage.clusterClient();
                PlainRedisClient plain = stage.single().client()) {
            assertThat(client.call(line.split(" ")).wire())
                    .isEqualTo(plain.call(line.split(" ")).wire());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void helloSaysStandalone(int protocol) {
        try (PlainRedisClient client = stage.clusterClient()) {
            Reply hello = client.call("HELLO", Integer.toString(protocol), "SETNAME", "me");
            assertThat(hello.type()).isEqualTo(protocol == 2 ? '*' : '%');
            assertThat(hello.elements().stream().map(Reply::text))
                    .containsSequence("server", "redis")
                    .containsSequence("proto", Integer.toString(protocol))
                    .containsSequence("mode", "standalone")
                    .containsSequence("role", "master");
            assertThat(client.call("CLIENT", "GETNAME").text()).isEqualTo("me");
        }
    }

    @Test
    void infoSaysStandalone() {
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call("INFO").text())
                    .contains("redis_mode:standalone", "cluster_enabled:0", "loading:0")
                    .doesNotContain("redis_mode:cluster");
        }
    }

    /** Of Redis 7.2; clients send it unasked and whatever the server. */
    @Test
    void clientsMayTellWhoTheyAre() {
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call("CLIENT", "SETINFO", "LIB-NAME", "jedis").wire())
                    .isEqualTo("+OK\r\n");
        }
    }

    @Test
    void anotherDatabaseIsRefused() {
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call("SELECT", "1").isError()).isTrue();
            assertThat(client.call("SET", "foo", "bar").wire()).isEqualTo("+OK\r\n");
        }
    }

    @Test
    void quitIsAnsweredAndThenTheConnectionIsClosed() {
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.call("QUIT").wire()).isEqualTo("+OK\r\n");
            assertThatThrownBy(client::read).hasCauseInstanceOf(EOFException.class);
        }
    }

    @Test
    void quitBehindAPipelineIsAnsweredLast() {
        try (PlainRedisClient client = stage.clusterClient()) {
            List<Reply> replies = client.pipeline(Stream.of("SET a 1", "GET a", "MGET a b c", "QUIT")
                    .map(line -> PlainRedisClient.bytes(line.split(" ")))
                    .toList());
            assertThat(replies.stream().map(Reply::wire))
                    .containsExactly("+OK\r\n", "$1\r\n1\r\n", "*3\r\n$1\r\n1\r\n$-1\r\n$-1\r\n", "+OK\r\n");
            assertThatThrownBy(client::read).hasCauseInstanceOf(EOFException.class);
        }
    }

    @Test
    void inlineCommandsWork() {
        try (PlainRedisClient client = stage.clusterClient()) {
            client.send("SET inline 'two words'\r\nGET inline\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.read().wire()).isEqualTo("+OK\r\n");
            assertThat(client.read().text()).isEqualTo("two words");
        }
    }

    @Test
    void valuesOfManyMegabytesPassBothWays() {
        byte[] value = new byte[BIG];
        Arrays.fill(value, (byte) '\n');
        value[BIG / 2] = '\r';
        try (PlainRedisClient client = stage.clusterClient()) {
            List<byte[]> mset = Stream.concat(
                            PlainRedisClient.bytes("MSET", "small", "s", "big").stream(), Stream.of(value))
                    .toList();
            assertThat(client.call(mset).wire()).isEqualTo("+OK\r\n");
            Reply both = client.call("MGET", "big", "small");
            assertThat(both.elements().get(0).value()).isEqualTo(value);
            assertThat(both.elements().get(1).text()).isEqualTo("s");
        }
    }

    /** Whatever is not there yet says so; it never hangs and never does half of it. */
    @Test
    void everyCommandOfTheServerIsAnswered() {
        List<String> states =
                List.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "MONITOR", "SYNC", "PSYNC", "QUIT", "SHUTDOWN");
        try (PlainRedisClient plain = stage.single().client()) {
            for (Reply command : plain.demand("COMMAND", "LIST").elements()) {
                String name = command.text().toUpperCase(Locale.ROOT);
                if (!name.contains("|") && !states.contains(name)) {
                    try (PlainRedisClient client = stage.clusterClient().withReadTimeout(Duration.ofSeconds(5))) {
                        assertThat(client.call(name)).as(name).isNotNull();
                    }
                }
            }
        }
    }
}
