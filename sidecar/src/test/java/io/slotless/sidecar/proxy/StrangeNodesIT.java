package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster of one node that says what no node should say to what SCAN, RANDOMKEY and KEYS ask it: an error, and all goes on. */
@Timeout(60)
class StrangeNodesIT {

    private static final String ID = "07c37dfeb235213a872192d90877d0cd55635b91";
    private static final String LOST = "lost";

    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final AtomicBoolean lostOnce = new AtomicBoolean();
    private ScriptedServer server;
    private RunningProxy proxy;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::answer);
        replies.put("cluster slots", "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + server.port() + "\r\n");
        replies.put(
                "cluster nodes",
                bulk(ID + " 127.0.0.1:" + server.port() + "@1 myself,master - 0 0 1 connected 0-16383\n"));
        replies.put("info server", bulk("run_id:1\r\n"));
        proxy = new RunningProxy(RunningProxy.cluster(server.port()));
        client = proxy.client();
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(client.call("PING")).isEqualTo("PONG");
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void whoDoesNotNameItselfCannotBeScanned() {
        replies.put("cluster nodes", bulk("nonsense"));
        assertThat(client.call("SCAN 0"))
                .startsWith("-ERR slotless: unexpected reply of a node: a node that does not name itself");
    }

    @Test
    void anErrorInsteadOfClusterNodesIsTheReply() {
        replies.put("cluster nodes", "-NOPERM no\r\n");
        assertThat(client.call("SCAN 0")).isEqualTo("-NOPERM no");
    }

    @Test
    void aReplyThatIsNotOneToScanIsNotPassedOn() {
        for (String reply :
                new String[] {"+OK\r\n", ":1\r\n", "*1\r\n$1\r\n0\r\n", "*2\r\n$1\r\nx\r\n*0\r\n", "*0\r\n"}) {
            replies.put("scan 0", reply);
            assertThat(client.call("SCAN 0")).as(reply).startsWith("-ERR slotless: unexpected reply of a node");
        }
    }

    @Test
    void aCursorThatDoesNotFitIsSaidSo() {
        replies.put("scan 0", "*2\r\n$20\r\n18446744073709551615\r\n*0\r\n");
        assertThat(client.call("SCAN 0")).startsWith("-ERR slotless: the cursor of a node is too large");
    }

    @Test
    void aNodeThatWasStartedAnewIsScannedAnew() {
        replies.put("scan 0", "*2\r\n$1\r\n5\r\n*1\r\n$1\r\na\r\n");
        String reply = client.call("SCAN 0");
        assertThat(reply).endsWith(", [a]]");
        String cursor = reply.substring(1, reply.indexOf(','));
        replies.put("scan 5", "*2\r\n$1\r\n0\r\n*1\r\n$1\r\nb\r\n");
        assertThat(client.call("SCAN " + cursor)).isEqualTo("[0, [b]]");
        replies.put("info server", bulk("run_id:2\r\n"));
        assertThat(client.call("SCAN " + cursor))
                .startsWith("[")
                .doesNotStartWith("[0,")
                .endsWith(", [b]]");
    }

    @Test
    void randomKeyOfANodeThatDoesNotCount() {
        replies.put("dbsize", "+many\r\n");
        assertThat(client.call("RANDOMKEY")).startsWith("-ERR slotless: unexpected reply of a node");
        replies.put("dbsize", ":3\r\n");
        replies.put("randomkey", "$-1\r\n");
        assertThat(client.call("RANDOMKEY")).isEqualTo("(nil)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbsize",
                "slowlog get",
                "acl log",
                "latency latest",
                "latency history e",
                "latency histogram",
                "config get x",
                "function stats",
                "script exists x",
                "lastsave"
            })
    void whatCannotBeMadeOneReplyIsAnError(String command) {
        for (String reply : new String[] {"*1\r\n*1\r\n+x\r\n", "$3\r\nabc\r\n"}) {
            replies.put(command, reply);
            assertThat(client.call(command))
                    .as(reply)
                    .satisfiesAnyOf(
                            said -> assertThat(said).startsWith("-ERR slotless: unexpected reply of a node"),
                            // One node's reply may stand as it is.
                            said -> assertThat(said).isIn("[[x]]", "abc", "[abc]", "[1]"));
            client.add("MULTI").add(command).add("EXEC").send();
            replies.put("multi", "+OK\r\n");
            replies.put("exec", "*1\r\n" + reply);
            assertThat(client.replies(3)).doesNotContainNull();
        }
        replies.put(command, "-NOPERM no\r\n");
        assertThat(client.call(command)).isEqualTo("-NOPERM no");
    }

    @Test
    void infoThatIsNoTextIsAnError() {
        replies.put("info", ":1\r\n");
        assertThat(client.call("INFO")).isEqualTo("-ERR slotless: unexpected reply of a node: not a text");
        replies.put("info", bulk("# Memory\r\nused_memory\r\n:\r\n\r\n# \r\n"));
        assertThat(client.call("INFO")).startsWith("# Memory");
    }

    @Test
    void moreThanCanBeHeldIsAnError() {
        replies.put("latency doctor", bulk("x".repeat(9 * 1024 * 1024)));
        assertThat(client.call("LATENCY DOCTOR"))
                .startsWith("-ERR slotless: the replies of all nodes together are larger than");
    }

    @Test
    void keysThatAreNoArray() {
        for (String reply : new String[] {"+OK\r\n", ":1\r\n", "*-1\r\n"}) {
            replies.put("keys *", reply);
            assertThat(client.call("KEYS *")).as(reply).isEqualTo("-ERR slotless: a node gave no array");
        }
    }

    @Test
    void keysAreAskedForAgainWhenTheyWereLostBeforeTheClientSawThem() {
        replies.put("keys *", LOST);
        assertThat(client.call("KEYS *")).isEqualTo("[a]");
    }

    @Test
    void keysThatLoseTheirEndEndTheConnection() {
        replies.put("keys *", "*2\r\n$1\r\na\r\n$5\r\nbc" + LOST);
        try (TestClient unlucky = proxy.client()) {
            unlucky.add("KEYS *").send();
            assertThat(unlucky.rest()).isEqualTo("*2\r\n$1\r\na\r\n$5\r\nbc");
        }
    }

    private void answer(String command, Socket socket) throws IOException {
        String known = command.toLowerCase(Locale.ROOT);
        String reply = replies.getOrDefault(known, "-ERR unknown command\r\n");
        if (!reply.endsWith(LOST)) {
            ScriptedServer.write(socket, reply);
            return;
        }
        String begun = reply.substring(0, reply.length() - LOST.length());
        if (begun.isEmpty() && !lostOnce.compareAndSet(false, true)) {
            ScriptedServer.write(socket, "*1\r\n$1\r\na\r\n");
            return;
        }
        ScriptedServer.write(socket, begun);
        socket.close();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }
}
