package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts on a cluster of three real nodes, called by name where they were not sent. */
@Timeout(120)
class ScriptsIT {

    private static final String APPEND = "return\tredis.call('append',KEYS[1],ARGV[1])";
    private static final String NOSCRIPT = "-NOSCRIPT No matching script. Please use EVAL.";

    private static ThreeNodes cluster;
    private static RealRedis plain;
    private static RunningProxy proxy;
    private String sha = "";
    private TestClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        plain = new RealRedis();
        ProxySettings one = ProxySettings.DEFAULT;
        ProxySettings twoLoops = new ProxySettings(
                2,
                one.maxClients(),
                one.maxOutstanding(),
                one.maxBufferedReplies(),
                one.maxTransactionBytes(),
                one.maxPrivate());
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()), twoLoops);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        plain.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        client.call("FLUSHALL");
        client.call("SCRIPT FLUSH");
        try (TestClient oracle = new TestClient(plain.port())) {
            sha = oracle.call("SCRIPT LOAD " + APPEND);
        }
        assertThat(client.call(call(0, "x"))).isEqualTo(NOSCRIPT);
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void aScriptSentToOneShardIsCalledByNameOnAllWithinOnePipeline() {
        client.add("EVAL " + APPEND + " 1 " + ThreeNodes.key(0, 1) + " a");
        List<String> expected = new ArrayList<>(List.of("1"));
        for (int i = 0; i < 30; i++) {
            client.add(call(i % 3, "b"));
            client.add("GET " + ThreeNodes.key(i % 3, 1));
            int length = i / 3 + (i % 3 == 0 ? 2 : 1);
            expected.add(Integer.toString(length));
            expected.add((i % 3 == 0 ? "a" : "b") + "b".repeat(length - 1));
        }
        client.send();
        assertThat(client.replies(expected.size())).isEqualTo(expected);
    }

    @Test
    void aNodeThatLostItsScriptsIsGivenThemAgain() {
        assertThat(client.call("SCRIPT LOAD " + APPEND)).isEqualTo(sha);
        assertThat(client.call(call(1, "a"))).isEqualTo("1");
        flushDirectly();
        assertThat(client.call(call(1, "b"))).isEqualTo("2");
        assertThat(client.call("EVALSHA_RO " + sha + " 1 " + ThreeNodes.key(2, 1) + " x"))
                .startsWith("-ERR Write commands are not allowed from read-only scripts");
    }

    @Test
    void whatCameBehindIsNotOvertaken() {
        client.call("SCRIPT LOAD " + APPEND);
        flushDirectly();
        String key = ThreeNodes.key(1, 1);
        client.add("SET " + key + " 1")
                .add(call(1, "2"))
                .add("APPEND " + key + " 3")
                .add("GET " + key)
                .send();
        assertThat(client.replies(4)).containsExactly("OK", "2", "3", "123");
        // Now the node is known to have it, and nothing waits; if it loses it just then, the client is told so.
        flushDirectly();
        client.add(call(1, "4")).add("APPEND " + key + " 5").add("GET " + key).send();
        assertThat(client.replies(3)).containsExactly(NOSCRIPT, "4", "1235");
        assertThat(client.call(call(1, "6"))).isEqualTo("5");
    }

    @Test
    void aScriptWithoutKeysIsFoundOnEveryShard() {
        String id = client.call("SCRIPT LOAD return\t42");
        flushDirectly();
        for (int i = 0; i < 20; i++) {
            assertThat(client.call("EVALSHA " + id + " 0")).isEqualTo("42");
        }
    }

    @Test
    void withinATransactionTheScriptItselfIsSent() {
        client.call("SCRIPT LOAD " + APPEND);
        flushDirectly();
        for (int i = 0; i < 3; i++) {
            client.add("MULTI").add(call(i, "a")).add(call(i, "b")).add("EXEC").send();
            assertThat(client.replies(4)).containsExactly("OK", "QUEUED", "QUEUED", "[1, 2]");
        }
        flushDirectly();
        client.add("WATCH " + ThreeNodes.key(0, 1))
                .add(call(0, "c"))
                .add("MULTI")
                .add("GET " + ThreeNodes.key(0, 1));
        client.add("EXEC").send();
        assertThat(client.replies(5)).containsExactly("OK", "3", "OK", "QUEUED", "(nil)");
    }

    @Test
    void aScriptLoadedInATransactionIsThereOnAllShards() {
        client.add("MULTI")
                .add("SCRIPT LOAD " + APPEND)
                .add(call(2, "a"))
                .add("EXEC")
                .send();
        assertThat(client.replies(4)).containsExactly("OK", "QUEUED", "QUEUED", "[" + sha + ", 1]");
        assertThat(cluster.call(0, "SCRIPT EXISTS " + sha)).isEqualTo("[1]");
    }

    @Test
    void aSlotThatMovesTakesItsScriptsAlong() {
        client.call("EVAL " + APPEND + " 1 " + ThreeNodes.key(0, 1) + " a");
        String key = ThreeNodes.key(0, 1);
        int slot = ThreeNodes.slot(key);
        cluster.beginMove(slot, 0, 1);
        cluster.moveKey(key, 0, 1);
        client.add(call(0, "b")).add("GET " + key).send();
        assertThat(client.replies(2)).containsExactly("2", "ab");
        cluster.endMove(slot, 0, 1);
        assertThat(client.call(call(0, "c"))).isEqualTo("3");
        cluster.beginMove(slot, 1, 0);
        cluster.moveKey(key, 1, 0);
        cluster.endMove(slot, 1, 0);
        assertThat(client.call(call(0, "d"))).isEqualTo("4");
    }

    @Test
    void whatWasSeenExistsUntilItIsFlushed() {
        assertThat(client.call("SCRIPT EXISTS " + sha + " nosuch")).isEqualTo("[0, 0]");
        client.call("EVAL " + APPEND + " 1 " + ThreeNodes.key(0, 1) + " a");
        assertThat(client.call("SCRIPT EXISTS nosuch " + sha)).isEqualTo("[0, 1]");
        assertThat(client.call("SCRIPT FLUSH SYNC")).isEqualTo("OK");
        assertThat(client.call("SCRIPT EXISTS " + sha)).isEqualTo("[0]");
        assertThat(client.call(call(0, "b"))).isEqualTo(NOSCRIPT);
    }

    @Test
    void clientsOfAllEventLoopsKnowWhatOneHasSent() {
        client.call("SCRIPT LOAD " + APPEND);
        flushDirectly();
        List<TestClient> others =
                IntStream.range(0, 8).mapToObj(i -> proxy.client()).toList();
        for (int i = 0; i < 8; i++) {
            flushDirectly();
            assertThat(others.get(i).call(call(i % 3, "a"))).isEqualTo(Integer.toString(1 + i / 3));
        }
        others.forEach(TestClient::close);
    }

    @Test
    void whoMayNotLoadScriptsIsTold() {
        client.call("SCRIPT LOAD " + APPEND);
        assertThat(client.call("ACL SETUSER caller on >p ~* +@all -script")).isEqualTo("OK");
        flushDirectly();
        try (TestClient caller = proxy.client()) {
            assertThat(caller.call("AUTH caller p")).isEqualTo("OK");
            assertThat(caller.call(call(0, "a"))).isEqualTo(NOSCRIPT);
        }
        assertThat(client.call(call(0, "a"))).isEqualTo("1");
        client.call("ACL DELUSER caller");
    }

    private CommandFrame call(int node, String argument) {
        return CommandFrame.of("EVALSHA", sha, "1", ThreeNodes.key(node, 1), argument);
    }

    /** As a restart would. */
    private static void flushDirectly() {
        for (int node = 0; node < 3; node++) {
            assertThat(cluster.call(node, "SCRIPT FLUSH")).isEqualTo("OK");
        }
    }
}
