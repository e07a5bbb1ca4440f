package io.slotless.sidecar.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCAN, RANDOMKEY and KEYS in front of three real nodes, beside a single Redis. */
@Timeout(120)
class ScanIT {

    private static final int SWEPT_FROM = 1_000;

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private static RealRedis plain;
    private TestClient client;
    private int largestReply;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        plain = new RealRedis();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        cluster.close();
        plain.close();
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
    @CsvSource({
        "0,2,",
        "1,2,",
        "1,3,",
        "10,2,",
        "10,3,COUNT 1",
        "500,2,",
        "500,3,COUNT 100",
        "20000,2,COUNT 1000",
        "20000,3,"
    })
    void bringsEachKeyOnce(int keys, int protocol, String options) {
        Set<String> expected = fill(keys, "SET key:%d v");
        client.call("HELLO " + protocol);
        List<String> scanned = scan(options == null ? "" : options);
        assertThat(scanned).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aSmallDatabaseTakesNoMoreCallsThanASingleServerNeeds() {
        fill(9, "SET key:%d v");
        assertThat(client.call("SCAN 0")).startsWith("[0, [");
        assertThat(client.call("SCAN 0 COUNT 1000")).startsWith("[0, [");
    }

    @Test
    void aLargeCountBringsEverythingAtOnce() {
        fill(30_000, "SET key:%d v");
        String reply = client.call("SCAN 0 COUNT 1000000");
        assertThat(reply).startsWith("[0, [");
        assertThat(reply.split(", ")).hasSize(30_001).doesNotHaveDuplicates();
    }

    @Test
    void slotBySlotASlotWithVeryManyKeysDoesNotComeAtOnce() {
        Set<String> expected = fill(25_000, "SET {hot}key:%d v");
        expected.addAll(fill(300, "SET key:%d v"));
        assertThat(scanFrom("77", "COUNT 2000")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(largestReply).isLessThan(10_000);
        assertThat(scanFrom("77", "COUNT 100000")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(scanFrom("77", "MATCH {hot}key:1234? COUNT 1000")).hasSize(10);
    }

    @Test
    void matchAndTypeChooseKeys() {
        fill(300, "SET string:%d v");
        Set<String> lists = fill(200, "RPUSH list:%d v");
        assertThat(scan("TYPE list")).containsExactlyInAnyOrderElementsOf(lists);
        assertThat(scan("type LIST match li?t:*")).containsExactlyInAnyOrderElementsOf(lists);
        assertThat(scan("MATCH string:1[^0]")).hasSize(9);
        assertThat(scan("MATCH string:* TYPE list")).isEmpty();
        assertThat(scan("TYPE nonsense")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCAN x",
                "SCAN 1x",
                "SCAN 18446744073709551616",
                "SCAN -",
                "SCAN 0 COUNT",
                "SCAN 0 COUNT x",
                "SCAN 0 COUNT 0",
                "SCAN 0 COUNT -1",
                "SCAN 0 COUNT 9223372036854775808",
                "SCAN 0 MATCH",
                "SCAN 0 NONSENSE 1",
                "SCAN 0 TYPE",
                "SCAN",
                "SCAN 0 COUNT x COUNT 0",
                "SCAN x COUNT 0",
                "SCAN 0 COUNT 10 20"
            })
    void whatIsWrongIsRefusedAsBySingleServer(String command) {
        try (TestClient direct = new TestClient(plain.port())) {
            assertThat(client.call(command)).isEqualTo(direct.call(command)).startsWith("-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCAN 00", "SCAN +0", "SCAN -0", "SCAN 0 count 5 MATCH * CoUnT 7", "RANDOMKEY"})
    void whatIsRightInSpiteOfItsLooksIsTaken(String command) {
        try (TestClient direct = new TestClient(plain.port())) {
            assertThat(client.call(command)).isEqualTo(direct.call(command)).doesNotStartWith("-");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,", "1,", "2000,", "2000,COUNT 100", "2000,COUNT 5000"})
    void aCursorOfAnotherClusterLeadsToEveryKeyOnceMore(int keys, String options) {
        Set<String> expected = fill(keys, "SET key:%d v");
        assertThat(scanFrom("12345678901", options == null ? "" : options))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void slotBySlotMatchAndTypeChooseKeysToo() {
        fill(SWEPT_FROM, "SET string:%d v");
        Set<String> lists = fill(SWEPT_FROM, "RPUSH list:%d v");
        assertThat(scanFrom("77", "TYPE list COUNT 300")).containsExactlyInAnyOrderElementsOf(lists);
        assertThat(scanFrom("77", "MATCH l*:1? COUNT 300")).hasSize(10);
    }

    @Test
    void slotBySlotKeysWhoseTimeIsOverAreNotShown() {
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "DEBUG SET-ACTIVE-EXPIRE 0");
        }
        try {
            Set<String> kept = fill(100, "SET kept:%d v");
            fill(100, "SET gone:%d v PX 1");
            assertThat(scanFrom("77", "")).containsExactlyInAnyOrderElementsOf(kept);
        } finally {
            for (int node = 0; node < 3; node++) {
                cluster.call(node, "DEBUG SET-ACTIVE-EXPIRE 1");
            }
        }
    }

    @Test
    void aSlotThatIsOnItsWayIsReadAtBothEnds() {
        Set<String> expected = fill(200, "SET key:%d v");
        String here = ThreeNodes.key(0, 1);
        String there = ThreeNodes.key(0, 2);
        int slot = ThreeNodes.slot(here);
        client.call("MSET " + here + " 1 " + there + " 2");
        expected.addAll(List.of(here, there));
        cluster.beginMove(slot, 0, 1);
        cluster.moveKey(there, 0, 1);
        try {
            assertThat(scanFrom("77", "COUNT 50")).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(new HashSet<>(scan("COUNT 50"))).isEqualTo(expected);
        } finally {
            cluster.call(1, "MIGRATE 127.0.0.1 " + cluster.port(0) + " " + there + " 0 5000");
            cluster.call(0, "CLUSTER SETSLOT " + slot + " STABLE");
            cluster.call(1, "CLUSTER SETSLOT " + slot + " STABLE");
        }
    }

    @Test
    void scansOfOneKeyGoWithTheKey() {
        client.call("SADD set a b c");
        client.call("HSET hash f v");
        client.call("ZADD zset 1 m");
        assertThat(client.call("SSCAN set 0 MATCH a")).isEqualTo("[0, [a]]");
        assertThat(client.call("HSCAN hash 0")).isEqualTo("[0, [f, v]]");
        assertThat(client.call("ZSCAN zset 0 COUNT 5")).isEqualTo("[0, [m, 1]]");
    }

    @Test
    void randomKeyIsOfAllShardsByTheirSizes() {
        assertThat(client.call("RANDOMKEY")).isEqualTo("(nil)");
        for (int i = 0; i < 300; i++) {
            client.add("SET " + ThreeNodes.key(0, i) + " v");
        }
        client.add("SET " + ThreeNodes.key(2, 0) + " v").send().replies(301);
        int others = 0;
        for (int i = 0; i < 3000; i++) {
            client.add("RANDOMKEY");
        }
        client.send();
        for (String key : client.replies(3000)) {
            others += key.equals(ThreeNodes.key(2, 0)) ? 1 : 0;
        }
        // One in 301: about 10 of 3000. If shards were equal it would be every second.
        assertThat(others).isLessThan(60);
    }

    /** Makes keys of a command with a number in it; the second word is the key. */
    private Set<String> fill(int keys, String command) {
        for (int i = 0; i < keys; i++) {
            client.add(command.formatted(i));
        }
        client.send().replies(keys);
        return IntStream.range(0, keys)
                .mapToObj(i -> command.formatted(i).split(" ")[1])
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<String> scan(String options) {
        return scanFrom("0", options);
    }

    private List<String> scanFrom(String first, String options) {
        List<String> keys = new ArrayList<>();
        largestReply = 0;
        String cursor = first;
        do {
            String reply = client.call(("SCAN " + cursor + " " + options).strip());
            assertThat(reply).doesNotStartWith("-");
            int comma = reply.indexOf(',');
            cursor = reply.substring(1, comma);
            assertThat(Long.parseLong(cursor)).isBetween(0L, 1L << 53);
            String found = reply.substring(comma + 3, reply.length() - 2);
            List<String> some = found.isEmpty() ? List.of() : List.of(found.split(", "));
            keys.addAll(some);
            largestReply = Math.max(largestReply, some.size());
        } while (!cursor.equals("0"));
        return keys;
    }
}
