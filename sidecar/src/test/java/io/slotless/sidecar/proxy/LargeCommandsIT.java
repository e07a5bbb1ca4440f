package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.testing.DirectMemory;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large commands that have room one after the other only, on two event loops. */
@Timeout(120)
class LargeCommandsIT {

    private static final int ROOM = 1024 * 1024;
    private static final byte[] VALUE = LargeValue.of(ROOM - 100 * 1024);
    private static final ProxySettings TWO_LOOPS = new ProxySettings(2, 1000, 4096, ROOM, ROOM, 100);

    private RealRedis redis;
    private RunningProxy proxy;
    private final List<TestClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = new RealRedis();
        proxy = new RunningProxy(
                RunningProxy.standalone(redis.port()), TWO_LOOPS, RespLimits.DEFAULT.withCommandsUpTo(ROOM), false);
    }

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        proxy.close();
        redis.close();
    }

    @Test
    void whoLeavesInTheMidstOfACommandGivesItsRoomBack() {
        for (boolean abruptly : new boolean[] {true, false}) {
            TestClient leaving = begin();
            TestClient waiting = beginAndWait();
            leave(leaving, abruptly);
            end(waiting);
        }
    }

    @Test
    void whoLeavesWhileItWaitsIsNotWaitedFor() {
        for (boolean abruptly : new boolean[] {true, false}) {
            TestClient first = begin();
            TestClient leaving = beginAndWait();
            TestClient waiting = beginAndWait();
            leave(leaving, abruptly);
            end(first);
            end(waiting);
        }
    }

    @Test
    void whoSendsNonsenseInTheMidstOfACommandGivesItsRoomBack() {
        TestClient broken = client();
        broken.add("PING").addRaw("*3\r\n$3\r\nSET\r\n$" + VALUE.length + "\r\n");
        assertThat(broken.send().reply()).isEqualTo("PONG");
        broken.addRaw(new String(VALUE, StandardCharsets.ISO_8859_1) + "\r\nnonsense\r\n");
        TestClient waiting = beginAndWait();
        broken.send();
        assertThat(broken.rest()).isEqualTo("-ERR Protocol error: expected '$', got 'n'\r\n");
        end(waiting);
    }

    @Test
    void whoStopsInTheMidstOfACommandMakesRoomAfterAWhile() {
        TestClient stopping = begin();
        TestClient waiting = beginAndWait();
        assertThat(stopping.rest())
                .isEqualTo("-ERR slotless: there is no room in memory for the rest of this command beside the large"
                        + " commands of other clients\r\n");
        end(waiting);
    }

    @Test
    void smallCommandsDoNotWait() {
        TestClient first = begin();
        TestClient second = beginAndWait();
        assertThat(client().call("SET small x")).isEqualTo("OK");
        assertThat(client().call("GET small")).isEqualTo("x");
        end(first);
        end(second);
    }

    /** None of them is large, but all together are: six times what there is room for. */
    @Test
    void manySmallCommandsThatHaveBegunShareTheRoomOfLargeOnes() {
        long before = DirectMemory.used();
        int size = 60_000;
        List<TestClient> beginning = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TestClient client = client();
            client.addRaw("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$" + size + "\r\n" + "x".repeat(size - 1));
            client.send();
            beginning.add(client);
        }
        Awaitility.await().until(() -> proxy.heldBack() > 50);
        assertThat(DirectMemory.used() - before).isLessThan(4L * ROOM);
        assertThat(client().call("SET small x")).isEqualTo("OK");
        beginning.forEach(client -> client.addRaw("x\r\n").send());
        assertThat(beginning).allSatisfy(client -> assertThat(client.reply()).isEqualTo("OK"));
    }

    @Test
    void pipelinesOfLargeCommandsGoOnSideBySide() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<List<String>> replies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TestClient client = client();
            IntStream.range(0, 10).forEach(n -> client.add(set()).add("STRLEN key"));
            List<String> ofClient = new ArrayList<>();
            replies.add(ofClient);
            threads.add(new Thread(() -> ofClient.addAll(client.send().replies(20))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(replies)
                .allSatisfy(ofClient -> assertThat(ofClient).hasSize(20).containsOnly("OK", "" + VALUE.length));
        assertThat(proxy.heldBack()).isPositive();
    }

    /** What is in the way keeps it from being sent, but it has its room already. */
    @Test
    void aLargeCommandBehindOneThatBlocksIsSentAfterIt() {
        TestClient client = client();
        client.add("BLPOP list 0").add(set()).send();
        assertThat(client().call("RPUSH list x")).isEqualTo("1");
        assertThat(client.replies(2)).containsExactly("[list, x]", "OK");
    }

    /** One that has all the room, though its command is not all there, if nobody else has. */
    private TestClient begin() {
        TestClient client = client();
        client.add("PING").addRaw("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$" + VALUE.length + "\r\n");
        client.send();
        // What stands before the reply is done when the reply comes.
        assertThat(client.reply()).isEqualTo("PONG");
        return client;
    }

    private TestClient beginAndWait() {
        int before = proxy.heldBack();
        TestClient client = begin();
        assertThat(proxy.heldBack()).isEqualTo(before + 1);
        return client;
    }

    private void end(TestClient client) {
        client.addRaw(new String(VALUE, StandardCharsets.ISO_8859_1) + "\r\n").send();
        assertThat(client.reply()).isEqualTo("OK");
    }

    private static void leave(TestClient client, boolean abruptly) {
        if (abruptly) {
            client.leaveAbruptly();
        } else {
            client.addRaw("x".repeat(1000)).send().close();
        }
    }

    private TestClient client() {
        TestClient client = proxy.client();
        clients.add(client);
        return client;
    }

    private static CommandFrame set() {
        return CommandFrame.of(List.of("SET".getBytes(), "key".getBytes(), VALUE));
    }
}
