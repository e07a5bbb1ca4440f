package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a command over several slots when one of its parts does not go the straight way. */
@Timeout(60)
class SplitCommandIT {

    /** At the end of a reply: then the server hangs up. */
    private static final String LOST = "lost";

    private final Map<String, Deque<String>> replies = new ConcurrentHashMap<>();
    private final CountDownLatch silent = new CountDownLatch(1);
    private ScriptedServer server;
    private RunningProxy proxy;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::answer);
        say("cluster slots", "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + server.port() + "\r\n");
        say("mget a", "*1\r\n$1\r\n1\r\n");
        say("mget a a", "*2\r\n$1\r\n1\r\n$1\r\n1\r\n");
        say("mget c", "*1\r\n$-1\r\n");
        proxy = new RunningProxy(RunningProxy.cluster(server.port()));
        client = proxy.client();
        usual();
    }

    @AfterEach
    void stop() throws IOException {
        usual();
        client.close();
        proxy.close();
        server.close();
    }

    private void usual() {
        say("mget b", "*1\r\n$1\r\n2\r\n");
        assertThat(client.call("MGET a b c a")).isEqualTo("[1, 2, (nil), 1]");
    }

    @Test
    void theFirstErrorInTheOrderOfThePartsIsTheReply() {
        say("mget b", "-ERR second\r\n");
        say("mget c", "-ERR third\r\n");
        assertThat(client.call("MGET a b c")).isEqualTo("-ERR second");
        say("mget c", "*1\r\n$-1\r\n");
    }

    @Test
    void aPartIsSentOnToWhereItsSlotHasMoved() {
        say("mget b", "-MOVED 3300 localhost:" + server.port() + "\r\n", "*1\r\n$5\r\nmoved\r\n");
        say("get a", "$1\r\n1\r\n");
        client.add("MGET a b c").add("GET a").send();
        assertThat(client.replies(2)).containsExactly("[1, moved, (nil)]", "1");
    }

    @Test
    void aPartIsAskedForWhereItsSlotIsMovingTo() {
        say("asking", "+OK\r\n");
        say("mget b", "-ASK 3300 localhost:" + server.port() + "\r\n", "*1\r\n$5\r\nasked\r\n");
        assertThat(client.call("MGET a b c")).isEqualTo("[1, asked, (nil)]");
    }

    @Test
    void aPartThatIsToComeAgainLaterDoes() {
        say("mget b", "-TRYAGAIN not yet\r\n", "-TRYAGAIN not yet\r\n", "*1\r\n$5\r\nlater\r\n");
        assertThat(client.call("MGET a b c")).isEqualTo("[1, later, (nil)]");
    }

    @Test
    void aPartWhoseReplyBreaksOffIsReadAnew() {
        String half = "*1\r\n$200000\r\n" + "x".repeat(100_000);
        say("mget b", half + LOST, half + "y".repeat(100_000) + "\r\n");
        assertThat(client.call("MGET a b c"))
                .isEqualTo("[1, " + "x".repeat(100_000) + "y".repeat(100_000) + ", (nil)]");
    }

    @Test
    void aPartThatMayHaveRunIsNotWrittenTwice() {
        say("mset a 1", "+OK\r\n");
        say("mset b 2", LOST, "+OK\r\n");
        assertThat(client.call("MSET a 1 b 2"))
                .startsWith("-ERR slotless: ")
                .endsWith("while the command was running; it may or may not have been executed");
        assertThat(client.call("MSET b 2 a 1")).isEqualTo("OK");
    }

    @Test
    void whatIsNoReplyToThePartSpoilsThisCommandOnly() {
        for (String strange : List.of("+OK\r\n", ":1\r\n", "*0\r\n", "*2\r\n$1\r\nx\r\n$1\r\ny\r\n", "$1\r\n*\r\n")) {
            say("mget b", strange);
            assertThat(client.call("MGET a b c")).as(strange).startsWith("-ERR slotless: unexpected reply of a node");
        }
        say("exists a", ":1\r\n");
        say("exists b", "+one\r\n");
        assertThat(client.call("EXISTS a b")).startsWith("-ERR slotless: unexpected reply of a node");
    }

    @Test
    void aClientThatLeavesDoesNotDisturbOthers() throws InterruptedException {
        say("mget slow", "");
        try (TestClient leaving = proxy.client()) {
            leaving.add("MGET a slow b").send();
            assertThat(silent.await(30, TimeUnit.SECONDS)).isTrue();
            leaving.leaveAbruptly();
        }
        // Its connection is held up by the reply that does not come, until that does.
        say("get late", "*1\r\n$4\r\nlate\r\n" + "$1\r\n9\r\n");
        assertThat(client.call("GET late")).isEqualTo("9");
    }

    private void say(String command, String... next) {
        replies.put(command, new ArrayDeque<>(List.of(next)));
    }

    private void answer(String command, Socket socket) throws IOException {
        Deque<String> next = replies.get(command.toLowerCase(Locale.ROOT));
        String reply = next == null ? "-ERR unknown command\r\n" : next.size() > 1 ? next.poll() : next.peek();
        boolean lost = reply.endsWith(LOST);
        if (reply.isEmpty()) {
            silent.countDown();
        }
        ScriptedServer.write(socket, lost ? reply.substring(0, reply.length() - LOST.length()) : reply);
        if (lost) {
            socket.close();
        }
    }
}
