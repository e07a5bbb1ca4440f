package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.testing.RealRedis;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that go away at the worst moment. */
@Timeout(60)
class LostConnectionsIT {

    private final AtomicBoolean lostOnce = new AtomicBoolean();

    @Test
    void aReplyThatLosesItsEndEndsTheConnectionBehindTheRepliesBeforeIt() throws IOException {
        try (ScriptedServer server = new ScriptedServer(this::loseTheEndOfB);
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(server.port()));
                TestClient client = proxy.client()) {
            client.add("GET a").add("GET b").add("GET c").send();
            assertThat(client.rest()).isEqualTo("$1\r\na\r\n$10\r\nhalf");
        }
    }

    private void loseTheEndOfB(String command, Socket socket) throws IOException {
        if (command.equals("GET b")) {
            ScriptedServer.write(socket, "$10\r\nhalf");
            socket.close();
        } else {
            ScriptedServer.write(socket, "$1\r\na\r\n");
        }
    }

    @Test
    void aCommandThatMayHaveRunIsNotRunAgainAndItsClientIsToldSo() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = new ScriptedServer((command, socket) -> {
                    seen.add(command);
                    if (command.equals("INCR n")) {
                        socket.close();
                    } else {
                        ScriptedServer.write(socket, "+OK\r\n");
                    }
                });
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(server.port()));
                TestClient client = proxy.client()) {
            assertThat(client.call("INCR n"))
                    .startsWith("-ERR slotless: ")
                    .contains("may or may not have been executed");
            assertThat(client.call("SET k v")).isEqualTo("OK");
            assertThat(seen).containsExactly("INCR n", "SET k v");
        }
    }

    @Test
    void aCommandThatOnlyReadsIsRunAgain() throws IOException {
        try (ScriptedServer server = new ScriptedServer((command, socket) -> {
                    if (command.equals("GET a") && lostOnce.compareAndSet(false, true)) {
                        socket.close();
                    } else {
                        ScriptedServer.write(socket, "$1\r\nv\r\n");
                    }
                });
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(server.port()));
                TestClient client = proxy.client()) {
            client.add("GET a").add("GET b").add("GET c").send();
            assertThat(client.replies(3)).containsExactly("v", "v", "v");
        }
    }

    @Test
    void aServerThatSpeaksSomethingElseIsLeft() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer((command, socket) -> ScriptedServer.write(socket, "HTTP/1.1 400 Bad\r\n"));
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(server.port()));
                TestClient client = proxy.client()) {
            assertThat(client.call("INCR n")).contains("not RESP");
        }
    }

    @Test
    void commandsWaitForAServerThatRestartsAndGoOnInTheirOrder() {
        try (RealRedis redis = new RealRedis();
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient client = proxy.client();
                TestClient other = proxy.client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            int before = proxy.lostConnections();
            redis.stop();
            Awaitility.await().until(() -> proxy.lostConnections() > before);
            int tries = proxy.lostConnections();
            for (int i = 0; i < 100; i++) {
                client.add("RPUSH list " + i);
            }
            client.send();
            other.add("LLEN other").send();
            Awaitility.await().until(() -> proxy.lostConnections() > tries + 3);
            redis.start();
            assertThat(client.replies(100))
                    .isEqualTo(IntStream.rangeClosed(1, 100)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(client.call("LRANGE list 0 -1"))
                    .isEqualTo(IntStream.range(0, 100)
                            .mapToObj(Integer::toString)
                            .toList()
                            .toString());
            assertThat(other.reply()).isEqualTo("0");
        }
    }

    @Test
    void aTransactionWaitsForAServerThatRestarts() {
        try (RealRedis redis = new RealRedis();
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient client = proxy.client();
                TestClient watching = proxy.client()) {
            assertThat(client.call("SET n 1")).isEqualTo("OK");
            redis.stop();
            int tries = proxy.lostConnections();
            client.add("MULTI")
                    .add("INCR n")
                    .add("INCR n")
                    .add("EXEC")
                    .add("GET n")
                    .send();
            watching.add("WATCH other").send();
            Awaitility.await().until(() -> proxy.lostConnections() > tries + 3);
            redis.start();
            assertThat(client.replies(5)).containsExactly("OK", "QUEUED", "QUEUED", "[1, 2]", "2");
            assertThat(watching.reply()).isEqualTo("OK");
        }
    }

    @Test
    void aTransactionThatLosesItsServerIsLostAndItsClientHearsOfIt() {
        try (RealRedis redis = new RealRedis();
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient client = proxy.client()) {
            client.add("MULTI").add("SET k v").send();
            assertThat(client.replies(2)).containsExactly("OK", "QUEUED");
            int before = proxy.lostConnections();
            redis.stop();
            Awaitility.await().until(() -> proxy.lostConnections() > before);
            redis.start();
            client.add("EXEC").add("SET k w").send();
            assertThat(client.reply()).startsWith("-ERR slotless: ");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aServerThatStaysAwayIsToldWhenTheOperationTimeoutIsOver() {
        int nobody = RealRedis.freePort();
        try (RunningProxy proxy =
                        new RunningProxy(RunningProxy.config(Mode.PROXY, null, Duration.ofMillis(500), nobody));
                TestClient client = proxy.client()) {
            client.add("GET a").add("SET b 1").send();
            assertThat(client.replies(2)).allMatch(reply -> reply.contains("cannot connect to 127.0.0.1:" + nobody));
            assertThat(client.call("ECHO on")).isNotNull();
        }
    }

    @Test
    void aServerThatRefusesTheHandshakeIsToldToEachCommandForAsLongAsItDoes() {
        try (RealRedis redis = new RealRedis("requirepass right");
                RunningProxy proxy = new RunningProxy(RunningProxy.config(
                        Mode.PROXY, new Credentials(null, "wrong"), Duration.ofSeconds(10), redis.port()));
                TestClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                client.add("GET a").add("GET b").send();
                assertThat(client.replies(2)).allMatch(reply -> reply.startsWith("-WRONGPASS "));
            }
        }
    }

    @Test
    void aClientThatLeavesWhileItsCommandsWaitForAServerLeavesNothing() {
        try (RunningProxy proxy = new RunningProxy(RunningProxy.standalone(RealRedis.freePort()))) {
            TestClient client = proxy.client();
            client.add("GET a").add("SET b 1").send();
            Awaitility.await().until(() -> proxy.lostConnections() > 3);
            client.leaveAbruptly();
            Awaitility.await().until(() -> proxy.connectedClients() == 0);
            int tries = proxy.lostConnections();
            // The last one that was waiting is let go of at its next turn; then nobody asks for a connection any more.
            Awaitility.await()
                    .during(Duration.ofMillis(1200))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> proxy.lostConnections() <= tries + 2);
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpForOthersToGoOn() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((command, socket) -> {
                    if (lostOnce.compareAndSet(false, true)) {
                        asked.countDown();
                    } else if (asked.getCount() == 0 && !command.equals("INCR n")) {
                        ScriptedServer.write(socket, "$1\r\nv\r\n");
                    }
                });
                RunningProxy proxy =
                        new RunningProxy(RunningProxy.config(Mode.PROXY, null, Duration.ofSeconds(2), server.port()));
                TestClient client = proxy.client()) {
            assertThat(client.call("INCR n")).contains("did not answer within 2 s");
            assertThat(client.call("GET k")).isEqualTo("v");
        }
    }
}
