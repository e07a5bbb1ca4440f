package io.slotless.sidecar.proxy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.LargeValue;
import io.slotless.sidecar.proxy.RunningProxy;
import io.slotless.sidecar.proxy.ScriptedServer;
import io.slotless.sidecar.proxy.TestClient;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.DirectMemory;
import io.slotless.sidecar.testing.RealRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that do not read, messages that are large, and servers that fall silent. */
@Timeout(120)
class SlowSubscriberIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] VALUE = LargeValue.of(MEGABYTE);
    private static final String TEXT = new String(VALUE, StandardCharsets.ISO_8859_1);
    private static final int MANY = 100;

    @Test
    void whoIsTooSlowForTheServersLimitIsClosedAndOthersGetEverything() {
        try (RealRedis redis = new RealRedis("client-output-buffer-limit pubsub 8mb 0 0");
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient slow = proxy.client();
                TestClient other = proxy.client();
                TestClient publisher = new TestClient(redis.port())) {
            slow.call("SUBSCRIBE news");
            other.call("SUBSCRIBE news");
            for (int i = 0; i < MANY; i++) {
                publish(publisher, "news");
                assertThat(other.reply()).isEqualTo("[message, news, " + TEXT + "]");
            }
            assertThat(publisher.call("PUBSUB NUMSUB news")).isEqualTo("[news, 1]");
            // What had been sent to it still comes, then the end: not other messages as if none were missing.
            assertThat(slow.rest().length()).isLessThan(MANY * MEGABYTE);
            assertThat(publisher.call("PUBSUB NUMSUB news")).isEqualTo("[news, 1]");
        }
    }

    @Test
    void whoIsSlowButReadsInTimeMissesNothingAndStaysSubscribed() {
        try (RealRedis redis = new RealRedis("client-output-buffer-limit pubsub 0 0 0");
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient slow = proxy.client();
                TestClient publisher = new TestClient(redis.port())) {
            slow.call("SUBSCRIBE news");
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < MANY / 2; i++) {
                    publish(publisher, "news");
                }
                for (int i = 0; i < MANY / 2; i++) {
                    assertThat(slow.reply()).isEqualTo("[message, news, " + TEXT + "]");
                }
            }
            // When it has caught up, about which the server is asked, a lost connection is nothing to it.
            AtomicLong last = new AtomicLong();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .during(Duration.ofSeconds(3))
                    .until(() -> {
                        long now = pings(publisher);
                        return last.getAndSet(now) == now;
                    });
            publisher.call("CLIENT KILL TYPE pubsub");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> publisher.call("PUBLISH news again").equals("1"));
            assertThat(slow.reply()).isEqualTo("[message, news, again]");
        }
    }

    private static long pings(TestClient client) {
        return client.call("INFO commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_ping:calls="))
                .mapToLong(line -> Long.parseLong(line.substring(19, line.indexOf(','))))
                .findFirst()
                .orElse(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMessageOfAnySizePassesThroughLittleMemory(int protocol) {
        byte[] large = LargeValue.of(64 * MEGABYTE);
        try (RealRedis redis = new RealRedis("client-output-buffer-limit pubsub 0 0 0");
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient client = proxy.client();
                TestClient publisher = new TestClient(redis.port())) {
            client.call("HELLO " + protocol);
            client.call("SUBSCRIBE large");
            long before = DirectMemory.used();
            publisher.call(CommandFrame.of(List.of(bytes("PUBLISH"), bytes("large"), large)));
            publisher.call("PUBLISH large small");
            Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            assertThat(DirectMemory.used() - before).isLessThan(16L * MEGABYTE);
            String message = client.wireReply();
            assertThat(message).startsWith((protocol == 3 ? ">" : "*") + "3\r\n$7\r\nmessage\r\n$5\r\nlarge\r\n$");
            assertThat(message).endsWith(new String(large, StandardCharsets.ISO_8859_1) + "\r\n");
            assertThat(client.reply()).isEqualTo("[message, large, small]");
            assertThat(client.call("UNSUBSCRIBE large")).isEqualTo("[unsubscribe, large, 0]");
        }
    }

    @Test
    void messagesAreNeitherCutIntoALargeReplyNorHeldWithoutBound() {
        try (RealRedis redis = new RealRedis("client-output-buffer-limit pubsub 0 0 0");
                RunningProxy proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
                TestClient client = proxy.client();
                TestClient publisher = new TestClient(redis.port())) {
            byte[] large = LargeValue.of(32 * MEGABYTE);
            publisher.call(CommandFrame.of(List.of(bytes("SET"), bytes("large"), large)));
            client.call("HELLO 3");
            client.call("SUBSCRIBE news");
            long before = DirectMemory.used();
            client.add("GET large").add("ECHO end").send();
            for (int i = 0; i < 50; i++) {
                publish(publisher, "news");
            }
            assertThat(DirectMemory.used() - before).isLessThan(24L * MEGABYTE);
            int messages = 0;
            for (String reply = client.reply(); !reply.equals("end") || messages < 50; reply = client.reply()) {
                if (reply.startsWith("[message")) {
                    assertThat(reply).isEqualTo("[message, news, " + TEXT + "]");
                    messages++;
                } else if (!reply.equals("end")) {
                    assertThat(reply).isEqualTo(new String(large, StandardCharsets.ISO_8859_1));
                }
                if (messages == 50 && reply.startsWith("[message")) {
                    break;
                }
            }
            assertThat(messages).isEqualTo(50);
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        AtomicInteger subscribed = new AtomicInteger();
        AtomicInteger pings = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((command, socket) -> {
                    if (command.equals("subscribe a")) {
                        subscribed.incrementAndGet();
                        ScriptedServer.write(socket, "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n");
                    } else if (command.equals("PING") && pings.incrementAndGet() != 2) {
                        ScriptedServer.write(socket, "*2\r\n$4\r\npong\r\n$0\r\n\r\n");
                    }
                });
                RunningProxy proxy =
                        new RunningProxy(RunningProxy.config(Mode.PROXY, null, Duration.ofSeconds(1), server.port()));
                TestClient client = proxy.client()) {
            assertThat(client.call("SUBSCRIBE a")).isEqualTo("[subscribe, a, 1]");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> subscribed.get() == 2);
        }
    }

    private static void publish(TestClient publisher, String channel) {
        publisher.call(CommandFrame.of(List.of(bytes("PUBLISH"), bytes(channel), VALUE)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
