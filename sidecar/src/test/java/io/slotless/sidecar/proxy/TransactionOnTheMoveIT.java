package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.Mode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions whose slot moves, or whose connection is lost, before they are over. */
@Timeout(60)
class TransactionOnTheMoveIT {

    private static final String ONE = ThreeNodes.key(0, 1);
    private static final String TWO = ThreeNodes.key(0, 2);
    private static final int SLOT = ThreeNodes.slot(ONE);

    private static ThreeNodes cluster;
    private static RunningProxy proxy;
    private TestClient client;
    private int owner;

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
        owner = 0;
    }

    @AfterEach
    void goBack() {
        client.close();
        if (owner != 0) {
            move(0);
        }
    }

    /** The slot, with the two keys if they are there. */
    private void move(int to) {
        cluster.beginMove(SLOT, owner, to);
        cluster.moveKey(ONE, owner, to);
        cluster.moveKey(TWO, owner, to);
        endMove(to);
    }

    private void endMove(int to) {
        cluster.endMove(SLOT, owner, to);
        owner = to;
    }

    @Test
    void aTransactionIsQueuedAgainWhereItsSlotHasGone() {
        say("MULTI", "OK", "PING", "QUEUED", "SET " + ONE + " 1", "QUEUED", "INCR " + ONE, "QUEUED");
        move(1);
        say("INCR " + TWO, "QUEUED", "EXEC", "[PONG, OK, 2, 1]", "GET " + ONE, "2");
    }

    @Test
    void alsoWhenOnlyExecIsMissing() {
        say("MULTI", "OK", "SET " + ONE + " 1", "QUEUED", "CLIENT GETNAME", "QUEUED");
        move(1);
        say("EXEC", "[OK, (nil)]", "GET " + ONE, "1");
    }

    @Test
    void alsoWhenItsCommandsComeInOneGo() {
        say("SET " + ONE + " 0", "OK");
        move(1);
        client.add("MULTI")
                .add("INCR " + ONE)
                .add("PING")
                .add("INCR " + ONE)
                .add("EXEC")
                .add("GET " + ONE);
        client.send();
        assertThat(client.replies(6)).containsExactly("OK", "QUEUED", "QUEUED", "QUEUED", "[1, PONG, 2]", "2");
    }

    @Test
    void keysThatAreOnTheirWayAreAskedForWhereTheyAre() {
        say("SET " + ONE + " 1", "OK");
        cluster.beginMove(SLOT, 0, 1);
        cluster.moveKey(ONE, 0, 1);
        try {
            say("MULTI", "OK", "INCR " + ONE, "QUEUED", "INCR " + ONE, "QUEUED", "EXEC", "[2, 3]");
            say("WATCH " + ONE, "OK", "GET " + ONE, "3", "MULTI", "OK", "INCR " + ONE, "QUEUED", "EXEC", "[4]");
        } finally {
            endMove(1);
        }
    }

    @Test
    void aTransactionWhoseKeysAreInTwoPlacesWaitsUntilTheyMeet() {
        say("SET " + ONE + " 1", "OK", "SET " + TWO + " 1", "OK");
        cluster.beginMove(SLOT, 0, 1);
        cluster.moveKey(ONE, 0, 1);
        client.add("MULTI").add("INCR " + ONE).add("INCR " + TWO).add("EXEC").send();
        assertThat(client.replies(3)).containsExactly("OK", "QUEUED", "QUEUED");
        cluster.moveKey(TWO, 0, 1);
        assertThat(client.reply()).isEqualTo("[2, 2]");
        endMove(1);
    }

    @Test
    void whatWasWatchedCountsAsTouchedWhenItsSlotHasGone() {
        say("WATCH " + ONE, "OK", "MULTI", "OK", "SET " + TWO + " 1", "QUEUED");
        move(1);
        say("SET " + TWO + " 2", "QUEUED", "EXEC", "(nil)", "GET " + TWO, "(nil)");
        say("WATCH " + ONE, "OK", "MULTI", "OK", "SET " + TWO + " 1", "QUEUED", "EXEC", "[OK]");
    }

    @Test
    void alsoBeforeMultiAndACommandBetweenIsRunAllTheSame() {
        say("WATCH " + ONE, "OK");
        move(1);
        say("SET " + ONE + " 1", "OK", "GET " + ONE, "1", "MULTI", "OK", "GET " + ONE, "QUEUED", "EXEC", "(nil)");
    }

    @Test
    void unwatchMakesItGoodAgain() {
        say("WATCH " + ONE, "OK");
        move(1);
        say("GET " + ONE, "(nil)", "UNWATCH", "OK", "MULTI", "OK", "SET " + ONE + " 1", "QUEUED", "EXEC", "[OK]");
    }

    @Test
    void aLostConnectionIsReplacedWhileCommandsAreQueued() {
        say("MULTI", "OK", "SET " + ONE + " 1", "QUEUED");
        killConnections(0);
        say("INCR " + ONE, "QUEUED");
        killConnections(0);
        say("EXEC", "[OK, 2]");
    }

    @Test
    void aLostConnectionLosesWhatWasWatched() {
        say("WATCH " + ONE, "OK");
        killConnections(0);
        say("MULTI", "OK", "SET " + ONE + " 1", "QUEUED", "EXEC", "(nil)", "GET " + ONE, "(nil)");
        say("WATCH " + ONE, "OK", "MULTI", "OK", "SET " + ONE + " 1", "QUEUED");
        killConnections(0);
        say("EXEC", "(nil)", "GET " + ONE, "(nil)");
    }

    private static void killConnections(int node) {
        int before = proxy.lostConnections();
        cluster.call(node, "CLIENT KILL TYPE normal SKIPME yes");
        Awaitility.await().until(() -> proxy.lostConnections() > before);
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothing() {
        say("WATCH " + ONE, "OK", "MULTI", "OK", "SET " + ONE + " 1", "QUEUED");
        client.leaveAbruptly();
        client = proxy.client();
        Awaitility.await()
                .until(() -> cluster.call(0, "CLIENT LIST").lines().noneMatch(line -> line.contains("multi=1")));
        say("GET " + ONE, "(nil)");
    }

    @Test
    void aConnectionIsAsGoodAsNewForTheNextTransaction() {
        for (int i = 0; i < 20; i++) {
            say("MULTI", "OK", "SET " + ONE + " " + i, "QUEUED", "DISCARD", "OK");
            say(
                    "MULTI",
                    "OK",
                    "SET " + ONE + " " + i,
                    "QUEUED",
                    "GET",
                    "-ERR wrong number of arguments for 'get' command");
            say("EXEC", "-EXECABORT Transaction discarded because of previous errors.", "GET " + ONE, "(nil)");
            say("WATCH " + ONE, "OK", "UNWATCH", "OK");
        }
        long connections = cluster.call(0, "CLIENT LIST").lines().count();
        assertThat(connections).as("connections to the node").isLessThan(12);
    }

    @Test
    void anotherSlotInsideIsRefusedAsAClusterDoes() {
        say("MULTI", "OK", "SET " + ONE + " 1", "QUEUED");
        say("SET " + ThreeNodes.key(1, 1) + " 1", "-CROSSSLOT Keys in request don't hash to the same slot");
        say("SET " + ONE + " 2", "QUEUED", "EXEC", "-EXECABORT Transaction discarded because of previous errors.");
        say("GET " + ONE, "(nil)");
    }

    @Test
    void theServersOwnRefusalIsTheClientsAndNothingRuns() {
        // Any node may be asked whether a user exists.
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "ACL SETUSER reader on nopass ~* +@read +multi +exec +auth");
            cluster.call(node, "ACL SETUSER single on nopass ~* +@all -multi");
        }
        say("AUTH reader x", "OK", "MULTI", "OK");
        say("SET " + ONE + " 1", "-NOPERM this user has no permissions to run the 'set' command");
        say("GET " + ONE, "QUEUED", "EXEC", "-EXECABORT Transaction discarded because of previous errors.");
        try (TestClient single = proxy.client()) {
            assertThat(single.call("AUTH single x")).isEqualTo("OK");
            single.add("MULTI")
                    .add("SET " + ONE + " 1")
                    .add("SET " + ONE + " 2")
                    .add("EXEC")
                    .send();
            assertThat(single.replies(4))
                    .containsExactly(
                            "OK",
                            "-NOPERM this user has no permissions to run the 'multi' command",
                            "QUEUED",
                            "-EXECABORT Transaction discarded because of previous errors.");
            assertThat(single.call("GET " + ONE)).isEqualTo("(nil)");
        }
    }

    @Test
    void whoeverTheClientBecomesInsideItIsAfterwards() {
        for (int node = 0; node < 3; node++) {
            cluster.call(node, "ACL SETUSER other on >secret ~* +@all");
        }
        say("MULTI", "OK", "AUTH other secret", "QUEUED", "ACL WHOAMI", "QUEUED", "EXEC", "[OK, other]");
        say("ACL WHOAMI", "other");
        say(
                "MULTI",
                "OK",
                "AUTH other wrong",
                "QUEUED",
                "EXEC",
                "[-WRONGPASS invalid username-password pair or user is disabled.]");
        say(
                "ACL WHOAMI",
                "other",
                "MULTI",
                "OK",
                "CLIENT ID",
                "QUEUED",
                "HELLO 3",
                "QUEUED",
                "HGETALL " + ONE,
                "QUEUED");
        String id = client.call("EXEC");
        assertThat(id).contains("mode, standalone").endsWith("[]]");
        assertThat(client.call("CLIENT ID")).isEqualTo(id.substring(1, id.indexOf(',')));
        client.add("HGETALL " + ONE).send();
        assertThat(client.wireReply()).isEqualTo("%0\r\n");
    }

    @Test
    void oneThatIsTooLargeIsRefused() throws IOException {
        try (RunningProxy small = new RunningProxy(
                        RunningProxy.cluster(cluster.ports()), new ProxySettings(1, 10, 4096, 1024 * 1024, 100, 100));
                TestClient talker = small.client()) {
            talker.add("MULTI")
                    .add("SET " + ONE + " " + "x".repeat(20))
                    .add("SET " + ONE + " " + "x".repeat(80))
                    .add("EXEC");
            assertThat(talker.send().replies(4))
                    .containsExactly(
                            "OK",
                            "QUEUED",
                            "-ERR slotless: the transaction is larger than 100 bytes",
                            "-EXECABORT Transaction discarded because of previous errors.");
        }
    }

    @Test
    void whenTheAnswerToExecIsLostTheClientIsToldThatItMayHaveRun() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        int[] port = new int[1];
        try (ScriptedServer server = new ScriptedServer((command, socket) -> {
            seen.add(command);
            answer(command, socket, port[0]);
        })) {
            port[0] = server.port();
            try (RunningProxy scripted = new RunningProxy(RunningProxy.config(
                            Mode.CLUSTER, (Credentials) null, Duration.ofSeconds(5), server.port()));
                    TestClient talker = scripted.client()) {
                talker.add("MULTI").add("SET k v").add("EXEC").send();
                assertThat(talker.replies(2)).containsExactly("OK", "QUEUED");
                assertThat(talker.reply()).startsWith("-ERR slotless: ").contains("may or may not have been executed");
                assertThat(seen.stream().filter("EXEC"::equals)).hasSize(1);
                talker.add("MULTI").add("GET k").add("EXEC").send();
                assertThat(talker.replies(2)).containsExactly("OK", "QUEUED");
                assertThat(talker.reply()).as("reading twice does no harm").isEqualTo("[v]");
                assertThat(seen.stream().filter("EXEC"::equals)).hasSize(3);
            }
        }
    }

    private int execs;

    /** A cluster of one node that dies at every EXEC but the third. */
    private void answer(String command, Socket socket, int port) throws IOException {
        switch (command.toUpperCase(Locale.ROOT)) {
            case "CLUSTER SLOTS" ->
                ScriptedServer.write(socket, "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + port + "\r\n");
            case "MULTI" -> ScriptedServer.write(socket, "+OK\r\n");
            case "SET K V", "GET K" -> ScriptedServer.write(socket, "+QUEUED\r\n");
            case "EXEC" -> {
                if (++execs == 3) {
                    ScriptedServer.write(socket, "*1\r\n$1\r\nv\r\n");
                } else {
                    socket.close();
                }
            }
            default -> ScriptedServer.write(socket, "-ERR not now\r\n");
        }
    }

    /** Commands and the reply to each. */
    private void say(String... commandsAndReplies) {
        for (int i = 0; i < commandsAndReplies.length; i += 2) {
            assertThat(client.call(commandsAndReplies[i]))
                    .as(commandsAndReplies[i])
                    .isEqualTo(commandsAndReplies[i + 1]);
        }
    }
}
