package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.testing.RealRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations about transactions, one with a plain server and one with a cluster through the proxy: the same bytes. */
@Timeout(60)
class TransactionScriptsIT {

    /** Commands of the client, parted by semicolons; what begins with {@code >} is said by another client meanwhile. */
    private static final List<String> SCRIPTS = List.of(
            "MULTI; EXEC",
            "MULTI; SET {t}a 1; INCR {t}a; GET {t}a; EXEC; GET {t}a",
            "MULTI; SET {t}a 1; DISCARD; GET {t}a; EXEC",
            "MULTI; MULTI; SET {t}a 1; EXEC",
            "EXEC",
            "DISCARD",
            "EXEC x",
            "UNWATCH; PING",
            "UNWATCH x",
            "MULTI x",
            "MULTI; MULTI x; EXEC",
            "MULTI; SET {t}a 1; EXEC x; EXEC; GET {t}a",
            "MULTI; SET {t}a 1; DISCARD x; EXEC; GET {t}a",
            "MULTI; DISCARD; EXEC",
            "MULTI; NOSUCH a b; SET {t}a 1; EXEC; GET {t}a; EXEC",
            "MULTI; GET; SET {t}a 1; EXEC; GET {t}a",
            "MULTI; SET {t}a 1; NOSUCH; DISCARD; GET {t}a; MULTI; EXEC",
            "MULTI; CONFIG NOSUCH; EXEC",
            "MULTI; WATCH {t}a; SET {t}a 1; EXEC",
            "MULTI; WATCH; SET {t}a 1; EXEC",
            "MULTI; UNWATCH; SET {t}a 1; EXEC",
            "MULTI; UNWATCH; EXEC",
            "MULTI; SET {t}a x; INCR {t}a; LPUSH {t}a y; GET {t}a; EXEC",
            "MULTI; GET {t}none; LRANGE {t}none 0 -1; HGETALL {t}none; ZSCORE {t}none m; EXEC",
            "MULTI; HSET {t}h f v g w; HGETALL {t}h; SADD {t}s m; SMEMBERS {t}s; ZADD {t}z 1.5 m; ZSCORE {t}z m; EXEC",
            "MULTI; PING; ECHO hello; PING hello; EXEC",
            "MULTI; PING; SET {t}a 1; ECHO x; GET {t}a; EXEC",
            "MULTI; PING a b c; EXEC",
            "MULTI; ECHO; EXEC",
            "MULTI; MGET {t}a {t}b; MSET {t}a 1 {t}b 2; DEL {t}a {t}b {t}c; EXEC",
            "MULTI; BLPOP {t}l 0; BRPOPLPUSH {t}l {t}m 0; BLMOVE {t}l {t}m LEFT RIGHT 0; BZPOPMIN {t}z 0; EXEC",
            "MULTI; XREAD BLOCK 0 STREAMS {t}x $; RPUSH {t}l v; BLPOP {t}l 0; EXEC",
            "MULTI; EVAL return{KEYS[1],ARGV[1]} 1 {t}a b; EVAL return'x' 0; EXEC",
            "MULTI; EVAL return 1 {t}a; EVAL return x {t}a; EXEC",
            "MULTI; SELECT 0; SET {t}a 1; EXEC",
            "MULTI; CLIENT SETNAME me; CLIENT GETNAME; SET {t}a 1; EXEC; CLIENT GETNAME",
            "MULTI; CLIENT GETNAME; CLIENT SETNAME a\tb; EXEC",
            "MULTI; SET {t}a 1; RESET; GET {t}a; EXEC",
            "MULTI; CLUSTER INFO; READONLY; SET {t}a 1; EXEC",
            "MULTI; PUBLISH nobody x; EXEC",
            "MULTI; OBJECT ENCODING {t}none; OBJECT HELP; EXEC",
            "MULTI; COMMAND COUNT; EXEC",
            "MULTI; SYNC; SET {t}a 1; EXEC",
            "MULTI; AUTH nobody nothing; AUTH x; SET {t}a 1; EXEC; PING",
            "MULTI; HELLO 4; HELLO x; SET {t}a 1; EXEC",
            "WATCH {t}a; MULTI; SET {t}a 1; EXEC; GET {t}a",
            "WATCH {t}a; MULTI; EXEC",
            "WATCH {t}a; MULTI; PING; EXEC",
            "WATCH {t}a; > SET {t}a 2; MULTI; SET {t}a 1; EXEC; GET {t}a",
            "WATCH {t}a; > SET {t}a 2; MULTI; EXEC",
            "WATCH {t}a; > SET {t}a 2; MULTI; NOSUCH; EXEC",
            "WATCH {t}a; SET {t}a 2; MULTI; SET {t}a 1; EXEC; GET {t}a",
            "WATCH {t}a; GET {t}a; SET {t}b 1; MULTI; SET {t}a 1; EXEC",
            "WATCH {t}a; > SET {t}a 2; UNWATCH; MULTI; SET {t}a 1; EXEC; GET {t}a",
            "WATCH {t}a; > SET {t}a 2; MULTI; DISCARD; MULTI; SET {t}a 1; EXEC",
            "WATCH {t}a {t}b; WATCH {t}c; > DEL {t}c; MULTI; SET {t}a 1; EXEC",
            "WATCH {t}a {t}b; WATCH {t}c; > SET {t}c 1; MULTI; SET {t}a 1; EXEC",
            "WATCH {t}a; > SET {t}a 1; WATCH {t}b; MULTI; GET {t}a; EXEC; MULTI; GET {t}a; EXEC",
            "WATCH {t}a; EXEC; DISCARD; PING; GET {other}k; SET {other}k v; MULTI; GET {t}a; EXEC",
            "WATCH {t}a; SET {other}k v; MGET {t}a {other}k; DEL {t}a {other}k; MULTI; GET {t}a; EXEC",
            "WATCH {t}a; MSET {t}a 1 {other}k 2; MULTI; GET {t}a; EXEC",
            "WATCH {t}a; FLUSHALL; MULTI; SET {t}a 1; EXEC",
            "SET {t}a 1; WATCH {t}a; FLUSHALL; MULTI; SET {t}a 1; EXEC",
            "WATCH {t}a; UNWATCH; UNWATCH; GET {t}a",
            "WATCH {t}a; RESET; > SET {t}a 1; MULTI; GET {t}a; EXEC",
            "WATCH; PING",
            "SET {t}a 1 PX 30; WATCH {t}a; > BLPOP {t}none 0.1; MULTI; SET {t}b 1; EXEC",
            "SET {t}a 1 PX 1; > BLPOP {t}none 0.1; WATCH {t}a; MULTI; SET {t}b 1; EXEC",
            "WATCH {t}a; NOSUCH; GET; MULTI; SET {t}a 1; EXEC",
            "MULTI; SET {t}a 1; EXEC; MULTI; SET {other}b 1; EXEC; MULTI; GET {t}a; EXEC; MGET {t}a {other}b",
            "MULTI; SET {t}a 1; EXEC; WATCH {t}a; MULTI; INCR {t}a; EXEC; WATCH {other}b; MULTI; INCR {other}b; EXEC");

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private static RealRedis plain;

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

    static Stream<Arguments> scripts() {
        return SCRIPTS.stream().flatMap(script -> Stream.of(Arguments.of(2, script), Arguments.of(3, script)));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void eachReplyIsThatOfAPlainServer(int protocol, String script) {
        List<String> commands = commands(script);
        assertThat(oneByOne(commands, protocol, proxy.client(), proxy.client()))
                .isEqualTo(oneByOne(commands, protocol, new TestClient(plain.port()), new TestClient(plain.port())));
    }

    /** Without those that hang on what happens between two commands. */
    static Stream<Arguments> scriptsOfOneClient() {
        return scripts().filter(arguments -> !arguments.get()[1].toString().contains(">"));
    }

    @ParameterizedTest
    @MethodSource("scriptsOfOneClient")
    void alsoWhenAllIsSentInOneGo(int protocol, String script) {
        List<String> commands = commands(script);
        assertThat(atOnce(commands, protocol, proxy.client()))
                .isEqualTo(atOnce(commands, protocol, new TestClient(plain.port())));
    }

    private static List<String> commands(String script) {
        return Arrays.stream(script.split(";", -1)).map(String::strip).toList();
    }

    private static List<String> oneByOne(List<String> commands, int protocol, TestClient client, TestClient other) {
        try (client;
                other) {
            begin(client, protocol);
            List<String> replies = new ArrayList<>();
            for (String command : commands) {
                boolean others = command.startsWith(">");
                TestClient speaker = others ? other : client;
                speaker.add(others ? command.substring(2) : command).send();
                replies.add(command + " -> " + speaker.wireReply());
            }
            return replies;
        }
    }

    private static List<String> atOnce(List<String> commands, int protocol, TestClient client) {
        try (client) {
            begin(client, protocol);
            commands.forEach(client::add);
            client.send();
            List<String> replies = new ArrayList<>();
            commands.forEach(command -> replies.add(command + " -> " + client.wireReply()));
            return replies;
        }
    }

    private static void begin(TestClient client, int protocol) {
        client.call("FLUSHALL");
        client.call("HELLO " + protocol);
    }
}
