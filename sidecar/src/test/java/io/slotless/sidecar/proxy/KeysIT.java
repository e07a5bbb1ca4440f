package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.DirectMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KEYS over three real nodes: one array, however long, that is never held here. */
@Timeout(180)
class KeysIT {

    private static final long MEGABYTE = 1024 * 1024;
    private static final int POPULATED = 350_000;
    /** Long enough that what is on its way does not fit into the sockets' buffers. */
    private static final String PREFIX = "a-name-with-some-words-in-it-as-people-give-their-keys:of-node-";

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private TestClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        client.call("FLUSHALL");
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,2", "1,3", "20000,2", "20000,3"})
    void bringsEachKeyOnce(int keys, int protocol) {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < keys; i++) {
            client.add("SET key:" + i + " v");
            expected.add("key:" + i);
        }
        client.send().replies(keys);
        client.call("HELLO " + protocol);
        assertThat(elements(client.call("KEYS *"))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(elements(client.call("KEYS key:1?9"))).hasSize(keys > 1000 ? 10 : 0);
    }

    @Test
    void seesWhatItsClientHasJustWrittenAndStandsInLine() {
        for (int i = 0; i < 20; i++) {
            client.add("SET k" + i + " v").add("KEYS k" + i).add("DEL k" + i).add("KEYS *");
        }
        client.send();
        for (int i = 0; i < 20; i++) {
            assertThat(client.replies(4)).containsExactly("OK", "[k" + i + "]", "1", "[]");
        }
    }

    @Test
    void whatComesBehindAQuestionOfSeveralRoundsDoesNotOvertakeIt() {
        for (int i = 0; i < 20; i++) {
            client.add("SET k" + i + " v")
                    .add("RANDOMKEY")
                    .add("SCAN 0 MATCH k*")
                    .add("FLUSHALL");
        }
        client.send();
        for (int i = 0; i < 20; i++) {
            assertThat(client.replies(2)).containsExactly("OK", "k" + i);
            client.reply();
            assertThat(client.reply()).isEqualTo("OK");
        }
    }

    @Test
    void anErrorIsTheReply() {
        assertThat(client.call("KEYS")).isEqualTo("-ERR wrong number of arguments for 'keys' command");
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "ACL SETUSER reader on nopass ~* +get");
        }
        assertThat(client.call("AUTH reader x")).isEqualTo("OK");
        assertThat(client.call("KEYS *")).startsWith("-NOPERM");
        assertThat(client.call("SCAN 0")).startsWith("-NOPERM");
        assertThat(client.call("SCAN 77")).startsWith("-NOPERM");
        assertThat(client.call("RANDOMKEY")).startsWith("-NOPERM");
        assertThat(client.call("GET x")).isEqualTo("(nil)");
    }

    @Test
    void aMillionKeysForAClientThatDoesNotReadAreNotHeld() {
        for (int node = 0; node < 3; node++) {
            assertThat(cluster.call(node, "DEBUG POPULATE " + POPULATED + " " + PREFIX + node))
                    .isEqualTo("OK");
        }
        long before = DirectMemory.used();
        client.add("KEYS *").add("PING").send();
        awaitReplyBegun();
        long held = DirectMemory.used() - before;
        assertThat(held).isLessThan(12 * MEGABYTE);
        try (TestClient other = proxy.client()) {
            for (int node = 0; node < 3; node++) {
                assertThat(other.call("GET " + ThreeNodes.key(node, 1))).isEqualTo("(nil)");
            }
            assertThat(other.call("SET " + ThreeNodes.key(0, 1) + " v")).isEqualTo("OK");
        }
        List<String> keys = elements(client.reply());
        assertThat(keys).hasSize(3 * POPULATED).doesNotHaveDuplicates();
        assertThat(client.reply()).isEqualTo("PONG");
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() {
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "DEBUG POPULATE " + POPULATED + " " + PREFIX + node);
        }
        long before = DirectMemory.used();
        try (TestClient leaver = proxy.client()) {
            leaver.add("KEYS *").send();
            awaitReplyBegun();
            leaver.leaveAbruptly();
        }
        Awaitility.await().until(() -> DirectMemory.used() - before < MEGABYTE);
        Awaitility.await().until(() -> proxy.connectedClients() == 1);
    }

    /** Until every node has put its reply together and sits on the rest of it: nothing more is taken from any. */
    private static void awaitReplyBegun() {
        long[] last = {0};
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    long[] waiting = {waiting(0), waiting(1), waiting(2)};
                    long sum = LongStream.of(waiting).sum();
                    boolean still = LongStream.of(waiting).allMatch(bytes -> bytes > 0) && sum == last[0];
                    last[0] = sum;
                    return still;
                });
    }

    /** Bytes of replies that a node cannot get rid of. */
    private static long waiting(int node) {
        return cluster.call(node, "CLIENT LIST")
                .lines()
                .filter(line -> line.contains("cmd=keys"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* omem=([0-9]+) .*", "$1")))
                .sum();
    }

    private static List<String> elements(String reply) {
        return reply.equals("[]")
                ? List.of()
                : List.of(reply.substring(1, reply.length() - 1).split(", "));
    }
}
