package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands of a module whose keys only the server can find: no module for the Redis of our tests comes as a binary, so a server plays it. */
@Timeout(60)
class KeysByServerIT implements ScriptedServer.Script {

    private static final String LOST = "lost";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, String> replies = new ConcurrentHashMap<>();
    private ScriptedServer server;
    private RunningProxy proxy;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this);
        replies.put("cluster slots", "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + server.port() + "\r\n");
        replies.put("graph.any a", "+done\r\n");
        replies.put("command getkeys graph.any a", "*1\r\n$1\r\na\r\n");
        replies.put("get a", "$1\r\n1\r\n");
        proxy = new RunningProxy(RunningProxy.cluster(server.port()));
        client = proxy.client();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !client.call("GRAPH.ANY")
                .startsWith("-ERR unknown command"));
        seen.clear();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void theServerIsAskedForTheKeysAndThenGetsTheCommand() {
        assertThat(client.call("GRAPH.ANY a")).isEqualTo("done");
        assertThat(seen).containsExactly("command getkeys graph.any a", "graph.any a");
    }

    @Test
    void whatComesBehindItDoesNotOvertakeIt() {
        client.add("GET a").add("GRAPH.ANY a").add("GET a").send();
        assertThat(List.of(client.reply(), client.reply(), client.reply())).containsExactly("1", "done", "1");
        assertThat(seen).containsExactly("get a", "command getkeys graph.any a", "graph.any a", "get a");
    }

    @Test
    void keysOfSeveralSlotsAreRefused() {
        replies.put("command getkeys graph.any a b", "*2\r\n$1\r\na\r\n$1\r\nb\r\n");
        assertThat(client.call("GRAPH.ANY a b")).isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot");
        assertThat(seen).doesNotContain("graph.any a b");
    }

    @Test
    void withoutKeysTheServerSaysWhatIsDue() {
        replies.put("command getkeys graph.any x", "-ERR The command has no key arguments\r\n");
        replies.put("graph.any x", "-ERR module says no\r\n");
        assertThat(client.call("GRAPH.ANY x")).isEqualTo("-ERR module says no");
    }

    @Test
    void nonsenseIsAnError() {
        for (String nonsense : new String[] {"+a\r\n", ":1\r\n", "*1\r\n:1\r\n"}) {
            replies.put("command getkeys graph.any y", nonsense);
            assertThat(client.call("GRAPH.ANY y"))
                    .startsWith("-ERR slotless: unexpected reply of a node to COMMAND GETKEYS: ");
        }
    }

    @Test
    void aQuestionThatWasLostIsAskedAgain() {
        replies.put("command getkeys graph.any a", LOST);
        assertThat(client.call("GRAPH.ANY a")).isEqualTo("done");
        assertThat(seen).containsExactly("command getkeys graph.any a", "command getkeys graph.any a", "graph.any a");
    }

    @Test
    void aClientThatLeavesMeanwhileIsNoTrouble() {
        replies.remove("command getkeys graph.any z");
        try (TestClient hasty = proxy.client()) {
            hasty.add("GRAPH.ANY z").send();
        }
        assertThat(client.call("GRAPH.ANY a")).isEqualTo("done");
    }

    @Test
    void whatBlocksCannotBeRouted() {
        assertThat(client.call("GRAPH.WAIT a")).startsWith("-ERR slotless: 'graph.wait' may block");
    }

    @Test
    void notInsideATransaction() {
        client.call("MULTI");
        assertThat(client.call("GRAPH.ANY a"))
                .startsWith("-ERR slotless: 'graph.any' is not supported inside a transaction");
        assertThat(client.call("EXEC")).startsWith("-EXECABORT");
    }

    @Override
    public void answer(String command, Socket socket) throws IOException {
        String known = command.toLowerCase(Locale.ROOT);
        if (!known.startsWith("cluster")) {
            seen.add(known);
        }
        String reply = replies.getOrDefault(known, "-ERR unknown command\r\n");
        if (reply.equals(LOST)) {
            replies.put(known, "*1\r\n$1\r\na\r\n");
            socket.close();
        } else {
            ScriptedServer.write(socket, reply);
        }
    }

    @Override
    public String commands() {
        return "*2\r\n" + row("graph.any", "readonly") + row("graph.wait", "blocking");
    }

    /** As a server before Redis 7 tells of a command of a module. */
    private static String row(String name, String flag) {
        return "*6\r\n$" + name.length() + "\r\n" + name + "\r\n:-2\r\n*2\r\n+" + flag
                + "\r\n+movablekeys\r\n:0\r\n:0\r\n:0\r\n";
    }
}
