package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.testing.DirectMemory;
import io.slotless.sidecar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for more than they read. */
@Timeout(120)
class SlowReaderIT {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] VALUE = LargeValue.of(MEGABYTE);
    private static final String TEXT = new String(VALUE, StandardCharsets.ISO_8859_1);
    private static final int MANY = 300;

    private RealRedis redis;
    private RunningProxy proxy;
    private TestClient slow;

    @BeforeEach
    void start() {
        redis = new RealRedis("client-output-buffer-limit pubsub 0 0 0");
        proxy = new RunningProxy(RunningProxy.standalone(redis.port()));
        slow = proxy.client();
        assertThat(slow.call(CommandFrame.of(List.of(bytes("SET"), bytes("big"), VALUE))))
                .isEqualTo("OK");
    }

    @AfterEach
    void stop() {
        slow.close();
        proxy.close();
        redis.close();
    }

    @Test
    void whatAClientDoesNotReadIsNotHeldInMemoryAndNotLost() {
        long before = usedMemory();
        askForMuch();
        awaitStandstill();
        assertThat(usedMemory() - before).isLessThan(32L * MEGABYTE);
        for (int i = 0; i < MANY; i++) {
            assertThat(slow.reply()).isEqualTo(TEXT);
        }
        assertThat(slow.call("PING")).isEqualTo("PONG");
    }

    @Test
    void othersGoOn() {
        askForMuch();
        awaitStandstill();
        try (TestClient other = proxy.client()) {
            for (int i = 0; i < 100; i++) {
                assertThat(other.call("SET k" + i + " v")).isEqualTo("OK");
            }
            assertThat(other.call("GET big")).isEqualTo(TEXT);
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(slow.reply()).isEqualTo(TEXT);
        }
    }

    @Test
    void whenItLeavesNothingIsKeptAndOthersGoOn() {
        long before = usedMemory();
        askForMuch();
        awaitStandstill();
        slow.leaveAbruptly();
        try (TestClient other = proxy.client()) {
            assertThat(other.call("GET big")).isEqualTo(TEXT);
        }
        Awaitility.await().until(() -> usedMemory() - before < 8L * MEGABYTE);
    }

    @Test
    void aSubscriberThatDoesNotReadIsNotHeldInMemory() {
        slow.call("SUBSCRIBE news");
        long before = usedMemory();
        try (TestClient publisher = new TestClient(redis.port())) {
            for (int i = 0; i < 100; i++) {
                publisher.add(CommandFrame.of(List.of(bytes("PUBLISH"), bytes("news"), VALUE)));
            }
            publisher.send();
            publisher.replies(100);
        }
        assertThat(usedMemory() - before).isLessThan(32L * MEGABYTE);
    }

    private void askForMuch() {
        for (int i = 0; i < MANY; i++) {
            slow.add("GET big");
        }
        slow.send();
    }

    /** Until nothing moves any more: the server has sent all that is taken from it. */
    private void awaitStandstill() {
        try (TestClient direct = new TestClient(redis.port())) {
            String[] last = {""};
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        String output = direct.call("INFO stats")
                                .lines()
                                .filter(line -> line.startsWith("total_net_output_bytes"))
                                .findFirst()
                                .orElseThrow();
                        long sent = Long.parseLong(
                                output.substring(output.indexOf(':') + 1).strip());
                        // The question's own answer is a few kilobytes.
                        boolean still = !last[0].isEmpty() && sent - Long.parseLong(last[0]) < 100_000;
                        last[0] = Long.toString(sent);
                        return still;
                    });
        }
    }

    private static long usedMemory() {
        return DirectMemory.used();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
