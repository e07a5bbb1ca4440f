package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole conversations about the connection, from the first byte to the close: through the sidecar, in front of a single
 * server and of a cluster, as with a plain server, byte for byte.
 */
@Timeout(180)
class ConnectionConversationsIT {

    /** Commands parted by bars, words by blanks; what begins with an exclamation mark is sent as it is. */
    private static final List<String> CONVERSATIONS = List.of(
            "CLIENT INFO | CLIENT LIST | CLIENT SETNAME me | CLIENT INFO | GET a | CLIENT LIST TYPE normal",
            "CLIENT LIST TYPE foo | CLIENT LIST ID 1 x | CLIENT LIST ID | CLIENT LIST ID 99999 | CLIENT LIST NOPE",
            "CLIENT LIST TYPE | CLIENT LIST TYPE pubsub | CLIENT LIST TYPE master | CLIENT LIST TYPE slave x",
            "CLIENT KILL | CLIENT KILL x | CLIENT KILL ID 99999 | CLIENT KILL ID 0 | CLIENT KILL ID -1 | CLIENT KILL ID x",
            "CLIENT KILL TYPE foo | CLIENT KILL TYPE normal | CLIENT KILL USER default | CLIENT KILL USER nobody | PING | CLIENT KILL ADDR x",
            "CLIENT KILL LADDR y SKIPME no | CLIENT KILL SKIPME maybe | CLIENT KILL FOO bar | CLIENT KILL ID 1 FOO",
            "GET a | CLIENT KILL SKIPME no | GET b | GET c",
            "CLIENT NO-EVICT on | CLIENT INFO | CLIENT NO-EVICT off | CLIENT NO-EVICT x | CLIENT NO-EVICT | CLIENT INFO",
            "CLIENT REPLY x | CLIENT REPLY | CLIENT REPLY ON | CLIENT SETNAME a\nb | CLIENT GETNAME | CLIENT SETNAME x",
            "CLIENT GETNAME | CLIENT SETNAME x | CLIENT GETNAME | RESET | CLIENT GETNAME",
            "CLIENT PAUSE x | CLIENT PAUSE -1 | CLIENT PAUSE 1 foo | CLIENT PAUSE 1 WRITE | CLIENT UNPAUSE | CLIENT PAUSE 1 a b",
            "CLIENT HELP | CLIENT | CLIENT NOPE a | CLIENT HELP x | CLIENT ID x | CLIENT UNBLOCK x | CLIENT UNBLOCK 0",
            "GET {a} | CLIENT REPLY OFF | PING | GET a | NOPE | CLIENT REPLY SKIP | GET b | CLIENT REPLY ON | GET a | PING x",
            "CLIENT REPLY SKIP | GET a | GET a | CLIENT REPLY SKIP | CLIENT REPLY SKIP | GET b | GET c | PING y",
            "CLIENT REPLY SKIP | CLIENT REPLY ON | GET a | CLIENT REPLY SKIP | CLIENT REPLY OFF | GET b | RESET | PING",
            "CLIENT REPLY SKIP | NOPE | PING a | CLIENT REPLY SKIP | MULTI | SET a b | EXEC | CLIENT REPLY SKIP | PING | PING",
            "MULTI | CLIENT REPLY OFF x | DISCARD | CLIENT REPLY SKIP | DEL a | DEL a",
            "SET a b | CLIENT REPLY SKIP | BLPOP {l} 0.05 | RPUSH {l} x | CLIENT REPLY OFF | BLPOP {l} 1 | CLIENT REPLY ON | LLEN {l}",
            "HELLO 3 | SUBSCRIBE a b | PSUBSCRIBE p* | SSUBSCRIBE s | CLIENT INFO | CLIENT LIST TYPE pubsub | CLIENT LIST TYPE normal",
            "HELLO 3 | CLIENT REPLY OFF | SUBSCRIBE a | PING | CLIENT REPLY SKIP | PUBLISH a 1 | CLIENT REPLY ON | UNSUBSCRIBE",
            "HELLO 3 | SUBSCRIBE a | CLIENT REPLY SKIP | PUBLISH a 1 | PUBLISH a 2 | CLIENT REPLY SKIP | UNSUBSCRIBE",
            "SUBSCRIBE a | HELLO 3 | RESET | CLIENT INFO",
            "HELLO 2 | HELLO 3 | HELLO 2 | HELLO | HELLO 3 | HELLO",
            "HELLO 4 | HELLO 1 | HELLO x | HELLO 99999999999999999999 | HELLO 3 FOO | HELLO 3 SETNAME | HELLO AUTH a b | HELLO 03",
            "HELLO 3 SETNAME a\nb | CLIENT GETNAME | HELLO 2 SETNAME ok | CLIENT GETNAME | HELLO 3 SETNAME ok2 FOO | CLIENT GETNAME",
            "HELLO 3 AUTH a | HELLO 3 AUTH default x | HELLO 2 AUTH nobody x | HELLO 3 AUTH nobody x SETNAME y | CLIENT GETNAME | GET a",
            "HMSET {h} a 1 | HGETALL {h} | HELLO 3 | HGETALL {h} | GET nope | HELLO 2 | HGETALL {h} | GET nope | DEL {h}",
            "HELLO 3 | MULTI | HELLO 2 | GET nope | EXEC | GET nope",
            "AUTH x | AUTH default x | AUTH nobody x | AUTH | AUTH a b c | ACL WHOAMI | ACL WHOAMI x",
            "RESET | RESET x | HELLO 3 | RESET | HELLO | MULTI | RESET | EXEC | WATCH a | RESET | DISCARD",
            "SELECT 0 | SELECT x | SELECT | SELECT 0 0 | SELECT 99999999999999999999 | SELECT 1.5 | SELECT 00 | SELECT +0",
            "MULTI | SELECT 0 | PING | ECHO x | CLIENT GETNAME | CLIENT SETNAME n | CLIENT NO-EVICT on | EXEC | CLIENT GETNAME",
            "MULTI | AUTH default x | ACL WHOAMI | TIME x | EXEC | MULTI | AUTH x | EXEC",
            "PING | PING x | PING x y | ECHO | ECHO x | ECHO x y | QUIT | PING",
            "GET a | QUIT x | PING",
            "!PING\r\n | !  ping   x \r\n | !\r\n | !\r\nPING\n | !SET k \"a\\x41\\n\"\r\n | !GET k\r\n | !'get' \"k\"\r\n | !quit\r\n",
            "GET a | !*1\r\n$-1\r\n | PING",
            "GET a | !*2\r\n$4\r\nECHO\r\n:1\r\n | PING",
            "GET a | !SET a \"b\r\n | PING",
            "GET a | !*99999999999\r\n",
            "GET a | !*3\r\n$3\r\nSET\r\n$1\r\na\r\n$999999999999\r\n",
            "!*0\r\n | !*-1\r\n | PING",
            "nope | NOPE a b | nope 'q' | GET | GET a b | SET a | CONFIG | CONFIG NOPE | OBJECT x y z | g\u00e9t \u00e9",
            "NOPE | MULTI | SET a b | EXEC | CLIENT SETNAME x | NOPE | CLIENT GETNAME | CLIENT LIST | SELECT 0 | BLPOP {l} 0.01",
            "CLUSTER | CLUSTER NOPE | CLUSTER INFO | CLUSTER SLOTS x | CLUSTER NODES | CLUSTER HELP | CLUSTER KEYSLOT a | CLUSTER MYID",
            "CLUSTER KEYSLOT | CLUSTER COUNTKEYSINSLOT 1 | CLUSTER MEET | CLUSTER SHARDS | CLUSTER FAILOVER | CLUSTER RESET SOFT",
            "READONLY | READWRITE | ASKING | READONLY x | ASKING x | MULTI | READONLY | CLUSTER INFO | EXEC");

    /** What is a number or an address of one's own in CLIENT LIST; and the lengths that follow from it. */
    private static final Pattern OWN = Pattern.compile(
            "\\b(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|multi-mem|rbs|rbp|obl|oll|omem|tot-mem|events)=\\S*");

    private static final Pattern LENGTH = Pattern.compile("[$=]\\d+\r\n(?=(txt:)?id=)");
    private static final Pattern HELLO_ID = Pattern.compile("\\$2\r\nid\r\n:\\d+\r\n");

    /** As above, with servers that want a password, which nobody but the client knows. */
    private static final List<String> WITH_PASSWORD = List.of(
            "PING | ECHO x | GET a | nope | GET | CLIENT | COMMAND COUNT | MULTI | SUBSCRIBE a | SELECT 0 | AUTH secret | GET a",
            "AUTH wrong | AUTH default wrong | AUTH nobody wrong | AUTH | AUTH a b c | GET a | AUTH secret | ACL WHOAMI",
            "AUTH default secret | ACL WHOAMI | AUTH wrong | ACL WHOAMI | RESET | ACL WHOAMI | AUTH secret | ACL WHOAMI",
            "HELLO | HELLO 3 | HELLO 2 | HELLO 3 AUTH default wrong | HELLO 4 | GET a | HELLO 3 AUTH default secret SETNAME x | CLIENT GETNAME",
            "HELLO 3 AUTH nobody x | GET a | HELLO 3 SETNAME x AUTH default wrong | AUTH secret | CLIENT GETNAME | HELLO | HELLO 2 | HELLO",
            "AUTH anna annas | ACL WHOAMI | MULTI | AUTH secret | ACL WHOAMI | EXEC | ACL WHOAMI | SET b c | AUTH anna annas | SET b c",
            "HELLO 3 AUTH anna annas | CLIENT INFO | HELLO 2 AUTH default secret | CLIENT INFO | RESET | QUIT",
            "AUTH secret | CLIENT KILL USER anna | AUTH anna annas | GET a | CLIENT KILL USER anna SKIPME no | GET b",
            "AUTH secret | QUIT | GET a",
            "QUIT",
            "RESET | PING | !PING\r\n | !*1\r\n$x\r\n");

    private static RealRedis plain;
    private static RealRedis single;
    private static ThreeNodes nodes;
    private static RunningProxy overSingle;
    private static RunningProxy overCluster;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        plain = new RealRedis();
        single = new RealRedis();
        nodes = new ThreeNodes(folder);
        overSingle = new RunningProxy(RunningProxy.standalone(single.port()));
        overCluster = new RunningProxy(RunningProxy.cluster(nodes.ports()));
    }

    @AfterAll
    static void stop() {
        overCluster.close();
        overSingle.close();
        nodes.close();
        single.close();
        plain.close();
    }

    static Stream<Arguments> conversations() {
        return CONVERSATIONS.stream()
                .flatMap(script -> Stream.of(script, "HELLO 3 | " + script))
                .flatMap(script -> Stream.of(false, true).flatMap(cluster -> Stream.of(false, true)
                        .map(inOneGo -> Arguments.of(script, cluster, inOneGo))));
    }

    @ParameterizedTest(name = "cluster: {1}, in one go: {2}: {0}")
    @MethodSource("conversations")
    void isAsWithAPlainServer(String script, boolean cluster, boolean inOneGo) {
        assertThat(talk((cluster ? overCluster : overSingle).port(), script, inOneGo))
                .isEqualTo(talk(plain.port(), script, inOneGo));
    }

    /** A plain server forgets to close then: what it waits for to be written never comes. */
    @ParameterizedTest
    @ValueSource(strings = {"QUIT", "!*1\r\n$x\r\n"})
    void whoHearsNothingIsClosedAllTheSame(String last) {
        assertThat(talk(overCluster.port(), "CLIENT REPLY OFF | PING | " + last, true))
                .isEmpty();
    }

    @Test
    void aKilledClientIsGoneAndOthersAreNot() {
        for (RunningProxy proxy : List.of(overSingle, overCluster)) {
            try (TestClient killer = proxy.client();
                    TestClient killed = proxy.client();
                    TestClient other = proxy.client()) {
                String id = killed.call("CLIENT ID");
                assertThat(other.call("CLIENT SETNAME other")).isEqualTo("OK");
                assertThat(killer.call("CLIENT LIST"))
                        .contains("id=" + id + " ", " name=other ", " cmd=client|setname ");
                assertThat(killer.call("CLIENT KILL ID " + id)).isEqualTo("1");
                assertThat(killed.rest()).isEmpty();
                assertThat(killer.call("CLIENT KILL ID " + id)).isEqualTo("0");
                assertThat(killer.call("CLIENT LIST ID " + id)).isEmpty();
                assertThat(other.call("PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void clientsOfAllEventLoopsAreSeenUnblockedAndKilled() {
        ProxySettings settings = new ProxySettings(2, 100, 4096, 1024 * 1024, 1024 * 1024, 100);
        try (RunningProxy proxy = new RunningProxy(RunningProxy.cluster(nodes.ports()), settings);
                TestClient asking = proxy.client()) {
            List<TestClient> others = Stream.generate(proxy::client).limit(6).toList();
            for (TestClient other : others) {
                String id = other.call("CLIENT ID");
                other.add("BLPOP nothing 0").send();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> asking.call("CLIENT LIST ID " + id).contains(" flags=b "));
                assertThat(asking.call("CLIENT UNBLOCK " + id)).isEqualTo("1");
                assertThat(other.reply()).isEqualTo("(nil)");
            }
            assertThat(asking.call("CLIENT LIST").lines()).hasSize(7);
            assertThat(asking.call("CLIENT KILL TYPE normal")).isEqualTo("6");
            others.forEach(other -> assertThat(other.rest()).isEmpty());
            assertThat(asking.call("CLIENT KILL SKIPME no")).isEqualTo("1");
            assertThat(asking.rest()).isEmpty();
        }
    }

    static Stream<Arguments> conversationsWithPassword() {
        return WITH_PASSWORD.stream()
                .flatMap(script -> Stream.of(false, true).map(inOneGo -> Arguments.of(script, inOneGo)));
    }

    @ParameterizedTest(name = "in one go: {1}: {0}")
    @MethodSource("conversationsWithPassword")
    void isAsWithAPlainServerThatWantsAPassword(String script, boolean inOneGo) {
        String[] settings = {"requirepass secret", "user anna on >annas ~* &* +@all -set"};
        try (RealRedis one = new RealRedis(settings);
                RealRedis other = new RealRedis(settings);
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(other.port()))) {
            assertThat(talk(proxy.port(), script, inOneGo)).isEqualTo(talk(one.port(), script, inOneGo));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 | SELECT 0 | SELECT -1 | SELECT 99 | SELECT x | SELECT",
                "MULTI | SELECT 1 | SELECT 0 | SELECT x | PING | EXEC"
            })
    void databasesAreAsAtANodeOfACluster(String script) {
        assertThat(talk(overCluster.port(), script, true)).isEqualTo(talk(nodes.port(0), script, true));
    }

    private static String talk(int port, String script, boolean inOneGo) {
        try (TestClient client = new TestClient(port)) {
            for (String command : (script + " | PING the | QUIT").split(" \\| ")) {
                if (command.startsWith("!")) {
                    client.addRaw(command.substring(1));
                } else {
                    client.add(command);
                }
                if (!inOneGo) {
                    client.sendOrNotice();
                }
            }
            if (inOneGo) {
                client.sendOrNotice();
            }
            return form(client.rest());
        }
    }

    private static String form(String bytes) {
        String replies = OWN.matcher(bytes).replaceAll("$1=own");
        return HELLO_ID.matcher(LENGTH.matcher(replies).replaceAll("own\r\n")).replaceAll("own\r\n");
    }
}
