package io.slotless.sidecar.proxy.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.proxy.ThreeNodes;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.upstream.ServerState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over all nodes of a cluster of three primaries and a replica, beside a plain Redis. */
@Timeout(120)
class FanOutIT {

    private static ThreeNodes cluster;
    private static RealRedis replica;
    private static RealRedis plain;
    private static RunningProxy proxy;
    private TestClient client;
    private TestClient oracle;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ThreeNodes(folder);
        int bus = RealRedis.freePort();
        replica = new RealRedis(
                "cluster-enabled yes",
                "cluster-port " + bus,
                "cluster-node-timeout 5000",
                "dir " + Files.createDirectories(folder.resolve("replica")));
        cluster.call(0, "CLUSTER MEET 127.0.0.1 " + replica.port() + " " + bus);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> replicate(cluster.id(2)));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> IntStream.range(0, 3)
                .allMatch(node -> cluster.call(node, "CLUSTER SLOTS").contains(", " + replica.port() + ", ")));
        plain = new RealRedis("dir " + Files.createDirectories(folder.resolve("plain")));
        proxy = new RunningProxy(RunningProxy.cluster(cluster.ports()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> proxy.servers() instanceof ServerState.Answering servers && servers.nodes() == 4);
    }

    private static boolean replicate(String primary) {
        try (TestClient direct = new TestClient(replica.port())) {
            return direct.call("CLUSTER REPLICATE " + primary).equals("OK");
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
        plain.close();
        replica.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
        oracle = new TestClient(plain.port());
        client.call("FLUSHALL");
        oracle.call("FLUSHALL");
    }

    @AfterEach
    void leave() {
        client.close();
        oracle.close();
    }

    /** One call, or several, parted by semicolons. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DBSIZE",
                "FLUSHALL;FLUSHALL ASYNC;FLUSHALL SYNC;FLUSHALL NOW;FLUSHDB;FLUSHDB ASYNC;FLUSHDB x y",
                "CONFIG SET maxmemory-policy allkeys-lru;CONFIG GET maxmemory-policy;CONFIG SET maxmemory-policy noeviction",
                "CONFIG SET nosuch 1;CONFIG SET maxmemory-policy nosuch;CONFIG SET maxmemory;CONFIG GET nosuch",
                "CONFIG GET cluster-enabled;CONFIG GET cluster-enable*",
                "CONFIG RESETSTAT;CONFIG REWRITE;CONFIG HELP;CONFIG NOSUCH",
                "SLOWLOG RESET;SLOWLOG LEN;SLOWLOG GET;SLOWLOG GET 3;SLOWLOG GET -1;SLOWLOG GET -2;SLOWLOG GET x",
                "LATENCY RESET;LATENCY LATEST;LATENCY HISTORY nosuch;LATENCY GRAPH nosuch;LATENCY DOCTOR;LATENCY RESET x y",
                "CONFIG RESETSTAT;LATENCY HISTOGRAM nosuch",
                "MEMORY PURGE;MEMORY USAGE nosuch;MEMORY HELP",
                "ACL SETUSER bob on >p ~* +@all;ACL USERS;ACL GETUSER bob;ACL DELUSER bob nosuch;ACL DELUSER bob",
                "ACL SETUSER bob nonsense;ACL LOAD;ACL SAVE;ACL DELUSER default;ACL LOG RESET;ACL LOG;ACL LOG x",
                "FUNCTION FLUSH;FUNCTION LIST;FUNCTION STATS;FUNCTION KILL;SCRIPT KILL;FUNCTION DELETE nosuch",
                "SCRIPT FLUSH;SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db;SCRIPT FLUSH ASYNC;SCRIPT FLUSH NOW",
                "SCRIPT LOAD return\t1;SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db nosuch;SCRIPT LOAD syntax\terror",
                "SAVE;BGSAVE x y",
                "MODULE LIST;OBJECT HELP;COMMAND COUNT;COMMAND GETKEYS GET x;COMMAND INFO GET"
            })
    void repliesAreThoseOfAPlainRedis(String calls) {
        for (int protocol = 2; protocol <= 3; protocol++) {
            client.call("HELLO " + protocol);
            oracle.call("HELLO " + protocol);
            for (String call : calls.split(";")) {
                client.add(call).send();
                oracle.add(call).send();
                assertThat(client.wireReply()).as(call).isEqualTo(oracle.wireReply());
            }
        }
    }

    @Test
    void configurationIsSetOnReplicasToo() {
        assertThat(client.call("CONFIG SET slowlog-max-len 77")).isEqualTo("OK");
        assertThat(direct("CONFIG GET slowlog-max-len")).isEqualTo("[slowlog-max-len, 77]");
        assertThat(cluster.call(1, "CONFIG GET slowlog-max-len")).isEqualTo("[slowlog-max-len, 77]");
        assertThat(client.call("CONFIG SET slowlog-max-len 128")).isEqualTo("OK");
    }

    @Test
    void aUserIsKnownToAllNodes() {
        assertThat(client.call("ACL SETUSER ann on >secret ~* +@all")).isEqualTo("OK");
        try (TestClient ann = proxy.client()) {
            assertThat(ann.call("AUTH ann secret")).isEqualTo("OK");
            for (int i = 0; i < 3; i++) {
                assertThat(ann.call("SET " + ThreeNodes.key(i, 1) + " x")).isEqualTo("OK");
            }
        }
        assertThat(direct("ACL USERS")).contains("ann");
        assertThat(client.call("ACL DELUSER ann")).isEqualTo("1");
        assertThat(direct("ACL USERS")).doesNotContain("ann");
    }

    @Test
    void whatOneNodeRefusesIsSaidSo() {
        cluster.call(1, "FUNCTION LOAD #!lua\tname=lib\nredis.register_function('f',function()return(1)end)");
        String load = "FUNCTION LOAD #!lua\tname=lib\nredis.register_function('f',function()return(1)end)";
        assertThat(cluster.call(1, "FUNCTION LIST")).contains("lib");
        assertThat(client.call(load))
                .isEqualTo("-ERR slotless: done by 2 of 3 nodes, but not by 127.0.0.1:" + cluster.port(1)
                        + ": ERR Library 'lib' already exists");
        assertThat(client.call(load)).isEqualTo("-ERR Library 'lib' already exists");
        assertThat(client.call("FCALL f 1 " + ThreeNodes.key(2, 1))).isEqualTo("1");
        assertThat(client.call("FUNCTION DELETE lib")).isEqualTo("OK");
    }

    @Test
    void slowCommandsOfAllNodesAreInOneLog() {
        client.call("CONFIG SET slowlog-log-slower-than 0");
        for (int i = 0; i < 3; i++) {
            client.call("SET " + ThreeNodes.key(i, 1) + " x");
        }
        client.call("CONFIG SET slowlog-log-slower-than 10000");
        String log = client.call("SLOWLOG GET 100");
        for (int i = 0; i < 3; i++) {
            assertThat(log).contains("SET, " + ThreeNodes.key(i, 1));
        }
        assertThat(Integer.parseInt(client.call("SLOWLOG LEN"))).isGreaterThan(5);
        assertThat(client.call("SLOWLOG RESET")).isEqualTo("OK");
        assertThat(client.call("SLOWLOG LEN")).isEqualTo("0");
    }

    @Test
    void callsAreCountedOverAllShards() {
        client.call("CONFIG RESETSTAT");
        for (int i = 0; i < 9; i++) {
            client.call("SET " + ThreeNodes.key(i % 3, i) + " x");
        }
        assertThat(client.call("LATENCY HISTOGRAM set")).startsWith("[set, [calls, 9, histogram_usec, [");
        client.call("HELLO 3");
        assertThat(client.call("LATENCY HISTOGRAM set")).startsWith("[set, [calls, 9, histogram_usec, [");
    }

    @Test
    void memoryIsThatOfAllShards() {
        client.call("SET a 1");
        client.call("SET b 1");
        client.call("SET c 1");
        String stats = client.call("MEMORY STATS");
        assertThat(stats).contains("keys.count, 3,").contains("db.0, [overhead.hashtable.main, ");
        oracle.call("SET a 1");
        assertThat(stats.replaceAll("[-0-9.]+(, |\\])", "$1"))
                .isEqualTo(oracle.call("MEMORY STATS").replaceAll("[-0-9.]+(, |\\])", "$1"));
    }

    @Test
    void aScriptThatIsBusyOnOneShardIsKilled() {
        try (TestClient busy = proxy.client()) {
            busy.add("EVAL while(true)do\tend 1 " + ThreeNodes.key(1, 1)).send();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.call("SCRIPT KILL")
                    .equals("OK"));
            assertThat(busy.reply()).startsWith("-ERR").contains("killed by user with SCRIPT KILL");
        }
        assertThat(client.call("SCRIPT KILL")).isEqualTo("-NOTBUSY No scripts in execution right now.");
    }

    @Test
    void savesOfAllShards() {
        assertThat(client.call("BGSAVE")).isEqualTo("Background saving started");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> IntStream.range(0, 3)
                .allMatch(node -> cluster.call(node, "INFO persistence").contains("rdb_bgsave_in_progress:0")));
        assertThat(Long.parseLong(client.call("LASTSAVE"))).isGreaterThan(1_600_000_000);
        assertThat(client.call("ROLE")).startsWith("[master, ").endsWith(", []]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INFO",
                "INFO default",
                "INFO all",
                "INFO everything",
                "INFO server",
                "INFO SERVER clients memory",
                "INFO keyspace",
                "INFO replication",
                "INFO cluster persistence",
                "INFO commandstats",
                "INFO nosuch",
                "INFO modules",
                "INFO latencystats errorstats"
            })
    void infoHasTheSectionsAndFieldsOfAPlainRedis(String call) {
        for (int protocol = 2; protocol <= 3; protocol++) {
            client.call("HELLO " + protocol);
            oracle.call("HELLO " + protocol);
            client.add("CONFIG RESETSTAT").add("SET a 1").add("GET nosuch").send();
            oracle.add("CONFIG RESETSTAT").add("SET a 1").add("GET nosuch").send();
            client.replies(3);
            oracle.replies(3);
            List<String> expected = fields(oracle.call(call));
            List<String> actual = fields(client.call(call));
            if (call.contains("all") || call.contains("every") || call.contains("stats")) {
                // The order of what is counted by command is that of a hash table with a random seed.
                assertThat(actual).containsAll(expected);
                expected = expected.stream().filter(FanOutIT::isOrdered).toList();
                actual = actual.stream().filter(FanOutIT::isOrdered).toList();
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static boolean isOrdered(String field) {
        return !field.startsWith("cmdstat_") && !field.startsWith("latency_") && !field.startsWith("errorstat_");
    }

    private static List<String> fields(String info) {
        return info.lines().map(line -> line.replaceFirst(":.*", "")).toList();
    }

    @Test
    void infoIsThatOfOneServer() {
        for (int i = 0; i < 6; i++) {
            client.call("SET " + ThreeNodes.key(i % 3, i) + " x EX 1000");
        }
        assertThat(client.call("INFO keyspace")).contains("db0:keys=6,expires=6,avg_ttl=");
        assertThat(client.call("INFO server cluster replication"))
                .contains("redis_mode:standalone", "cluster_enabled:0", "role:master", "connected_slaves:0")
                .doesNotContain("slave0");
        client.add("MULTI")
                .add("SET " + ThreeNodes.key(1, 9) + " x")
                .add("INFO keyspace")
                .add("EXEC")
                .send();
        assertThat(client.replies(4).get(3)).contains("db0:keys=7,");
    }

    @Test
    void commandsOverAllShardsInATransactionRunAtTheOthersBehindIt() {
        for (int i = 0; i < 3; i++) {
            client.call("SET " + ThreeNodes.key(i, 1) + " x");
        }
        String calls = "MULTI;DBSIZE;SET %s x;DBSIZE;SCRIPT LOAD return\t7;CONFIG GET maxmemory-policy;FLUSHALL;DBSIZE;"
                        .formatted(ThreeNodes.key(0, 2))
                + "CONFIG SET nosuch 1;FLUSHALL nonsense;EXEC;DBSIZE";
        for (int protocol = 2; protocol <= 3; protocol++) {
            client.call("HELLO " + protocol);
            oracle.call("HELLO " + protocol);
            client.call("FLUSHALL");
            oracle.call("FLUSHALL");
            for (String call : calls.split(";")) {
                client.add(call).send();
                oracle.add(call).send();
                assertThat(client.wireReply()).as(call).isEqualTo(oracle.wireReply());
            }
        }
        for (int node = 0; node < 3; node++) {
            assertThat(cluster.call(node, "SCRIPT EXISTS fffbb4c8e9ae4d59dfe1bbab5bb0be3cbb9ba8dc"))
                    .isEqualTo(cluster.call(0, "SCRIPT EXISTS fffbb4c8e9ae4d59dfe1bbab5bb0be3cbb9ba8dc"));
        }
    }

    @Test
    void aClientThatLeavesWhileOthersAreAskedForItsTransactionLeavesNothing() {
        try (TestClient leaving = proxy.client()) {
            leaving.add("MULTI").add("DBSIZE").add("INFO").add("EXEC").send();
            leaving.leaveAbruptly();
        }
        assertThat(client.call("DBSIZE")).isEqualTo("0");
    }

    @Test
    void refusalsSayWhy() {
        assertThat(client.call("MONITOR"))
                .isEqualTo("-ERR slotless: 'monitor' is refused while the destination is in CLUSTER mode: "
                        + "no connection sees the commands of all nodes; send it to each node");
        assertThat(client.call("MODULE LOAD x")).startsWith("-ERR slotless: 'module|load' is refused");
        assertThat(client.call("SWAPDB 0 1")).contains("a Redis Cluster has only database 0");
    }

    private static String direct(String command) {
        try (TestClient direct = new TestClient(replica.port())) {
            return direct.call(command);
        }
    }
}
