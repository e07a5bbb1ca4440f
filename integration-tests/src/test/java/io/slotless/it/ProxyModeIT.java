package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.resp.PlainRedisClient;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of a single Redis all of Redis passes, whatever it does to a connection. */
class ProxyModeIT {

    private static final int BIG = 16 * 1024 * 1024;

    private final Stage stage = Stage.shared();

    @BeforeEach
    void empty() {
        stage.single().call("FLUSHALL");
    }

    @Test
    void transactionsRunAndAWatchedKeyThatChangedAbortsThem() {
        try (PlainRedisClient client = client();
                PlainRedisClient other = client()) {
            assertThat(client.call("MULTI").wire()).isEqualTo("+OK\r\n");
            assertThat(client.call("SET", "a", "1").wire()).isEqualTo("+QUEUED\r\n");
            assertThat(client.call("INCR", "a").wire()).isEqualTo("+QUEUED\r\n");
            assertThat(other.call("EXISTS", "a").wire()).isEqualTo(":0\r\n");
            assertThat(client.call("EXEC").wire()).isEqualTo("*2\r\n+OK\r\n:2\r\n");

            client.demand("WATCH", "a");
            other.demand("SET", "a", "changed");
            client.demand("MULTI");
            client.demand("SET", "a", "mine");
            assertThat(client.call("EXEC").wire()).isEqualTo("*-1\r\n");
            assertThat(client.call("GET", "a").text()).isEqualTo("changed");

            client.demand("MULTI");
            assertThat(client.call("NOSUCHCOMMAND").isError()).isTrue();
            assertThat(client.call("EXEC").text()).startsWith("EXECABORT");
            assertThat(client.call("EXEC").text()).isEqualTo("ERR EXEC without MULTI");
        }
    }

    @Test
    void subscribersGetWhatIsPublished() {
        try (PlainRedisClient subscriber = client();
                PlainRedisClient publisher = client()) {
            assertThat(subscriber.call("SUBSCRIBE", "news").wire())
                    .isEqualTo("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
            assertThat(subscriber.call("PSUBSCRIBE", "n*").elements().get(2).number())
                    .isEqualTo(2);
            assertThat(publisher.call("PUBLISH", "news", "hello").number()).isEqualTo(2);
            assertThat(subscriber.read().wire()).isEqualTo("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n");
            assertThat(subscriber.read().wire())
                    .isEqualTo("*4\r\n$8\r\npmessage\r\n$2\r\nn*\r\n$4\r\nnews\r\n$5\r\nhello\r\n");
            subscriber.demand("UNSUBSCRIBE", "news");
            subscriber.demand("PUNSUBSCRIBE", "n*");
            assertThat(subscriber.call("GET", "a").wire()).isEqualTo("$-1\r\n");
        }
    }

    @Test
    void aBlockedClientWaitsWithoutHoldingUpOthers() {
        try (PlainRedisClient waiting = client();
                PlainRedisClient other = client()) {
            waiting.send("BLPOP", "queue", "0");
            await().until(() -> stage.single().info("blocked_clients").equals("1"));
            assertThat(other.call("PING").wire()).isEqualTo("+PONG\r\n");
            other.demand("RPUSH", "queue", "job");
            assertThat(waiting.read().wire()).isEqualTo("*2\r\n$5\r\nqueue\r\n$3\r\njob\r\n");
        }
    }

    @Test
    void aBlockedClientThatLeavesIsForgotten() {
        try (PlainRedisClient waiting = client()) {
            waiting.send("BLPOP", "queue", "0");
            await().until(() -> stage.single().info("blocked_clients").equals("1"));
        }
        await().until(() -> stage.single().info("blocked_clients").equals("0"));
    }

    @Test
    void everyClientHasItsOwnDatabase() {
        try (PlainRedisClient client = client();
                PlainRedisClient other = client()) {
            client.demand("SELECT", "1");
            client.demand("SET", "where", "one");
            other.demand("SET", "where", "zero");
            assertThat(client.call("GET", "where").text()).isEqualTo("one");
            assertThat(other.call("GET", "where").text()).isEqualTo("zero");
            client.demand("SELECT", "0");
            assertThat(client.call("GET", "where").text()).isEqualTo("zero");
            assertThat(client.call("SELECT", "99").text()).isEqualTo("ERR DB index is out of range");
        }
    }

    @Test
    void monitorShowsWhatOthersDo() {
        try (PlainRedisClient monitor = client();
                PlainRedisClient other = client()) {
            assertThat(monitor.call("MONITOR").wire()).isEqualTo("+OK\r\n");
            other.demand("SET", "seen", "yes");
            // What the sidecar itself asks the server may be seen as well.
            await().until(() -> monitor.read().text().contains("\"SET\" \"seen\" \"yes\""));
        }
    }

    @Test
    void anUnknownCommandGetsTheServersOwnWords() {
        same(client -> List.of(
                client.call("NOSUCHCOMMAND", "a", "b").wire(),
                client.call("GET").wire(),
                client.call("OBJECT", "NOSUCH", "a").wire(),
                client.call("GET", "still", "in", "step").wire()));
    }

    @Test
    void trackingTellsOfChangesByPush() {
        try (PlainRedisClient client = client();
                PlainRedisClient other = client()) {
            client.demand("HELLO", "3");
            client.demand("CLIENT", "TRACKING", "ON");
            client.demand("GET", "tracked");
            other.demand("SET", "tracked", "new");
            assertThat(client.read().wire()).isEqualTo(">2\r\n$10\r\ninvalidate\r\n*1\r\n$7\r\ntracked\r\n");
        }
    }

    @Test
    void scriptsAreLoadedAndRun() {
        same(client -> {
            String sha = client.demand("SCRIPT", "LOAD", "return {KEYS[1],ARGV[1],redis.call('INCR',KEYS[1])}")
                    .text();
            return List.of(
                    sha,
                    client.call("EVALSHA", sha, "1", "counter", "x").wire(),
                    client.call("SCRIPT", "EXISTS", sha, "ffff").wire(),
                    client.call("EVAL", "return redis.call('nosuch')", "0").wire());
        });
    }

    @Test
    void valuesOfManyMegabytesPassBothWays() {
        byte[] value = new byte[BIG];
        Arrays.fill(value, (byte) '\r');
        value[BIG / 2] = '\n';
        try (PlainRedisClient client = client()) {
            assertThat(client.call(List.of(bytes("SET"), bytes("big"), value)).wire())
                    .isEqualTo("+OK\r\n");
            assertThat(client.call("GET", "big").value()).isEqualTo(value);
            assertThat(client.call("STRLEN", "big").number()).isEqualTo(BIG);
        }
    }

    @Test
    void inlineCommandsResetAndQuitBehaveAsOnTheServer() {
        try (PlainRedisClient client = client()) {
            client.send(bytes("SET inline 'two words'\r\nGET inline\r\n"));
            assertThat(client.read().wire()).isEqualTo("+OK\r\n");
            assertThat(client.read().text()).isEqualTo("two words");
            client.demand("MULTI");
            assertThat(client.call("RESET").wire()).isEqualTo("+RESET\r\n");
            assertThat(client.call("EXEC").text()).isEqualTo("ERR EXEC without MULTI");
            assertThat(client.call("QUIT").wire()).isEqualTo("+OK\r\n");
            assertThatThrownBy(client::read).hasCauseInstanceOf(EOFException.class);
        }
    }

    @Test
    void infoAndCommandAreThoseOfTheServer() {
        try (PlainRedisClient client = client();
                PlainRedisClient direct = stage.single().client()) {
            assertThat(client.call("INFO", "server").text())
                    .contains(
                            "redis_mode:standalone", "run_id:" + stage.single().info("run_id"));
            assertThat(client.call("COMMAND", "COUNT")).isEqualTo(direct.call("COMMAND", "COUNT"));
            assertThat(client.call("CLUSTER", "INFO")).isEqualTo(direct.call("CLUSTER", "INFO"));
        }
    }

    private PlainRedisClient client() {
        return PlainRedisClient.connect(stage.singleHost());
    }

    /** The conversation is the same with the server itself and through the sidecar. */
    private void same(Conversation conversation) {
        try (PlainRedisClient client = client();
                PlainRedisClient direct = stage.single().client()) {
            List<String> expected = conversation.with(direct);
            stage.single().call("FLUSHALL");
            assertThat(conversation.with(client)).isEqualTo(expected);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Conversation {
        List<String> with(PlainRedisClient client);
    }
}
