package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapTrimTest {

    private static final long MIB = 1L << 20;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();
    private final HeapTrim trim = new HeapTrim(vertx, commands::get, collections::incrementAndGet);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void waitsUntilClientsAreQuiet() {
        for (int i = 0; i < 3; i++) {
            commands.addAndGet(1_000);
            assertThat(trim.isTime()).isFalse();
        }
        assertThat(trim.isTime()).isTrue();
    }

    @Test
    void hasTheHeapCollectedSoonAfterTheStart() {
        trim.start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(collections).hasPositiveValue());
    }

    @Test
    void whatAYoungGenerationHoldsIsNotWorthACollection() {
        assertThat(HeapTrim.isWorthIt(14 * MIB, 10 * MIB)).isFalse();
        assertThat(HeapTrim.isWorthIt(16 * MIB, 10 * MIB)).isTrue();
        assertThat(HeapTrim.isWorthIt(10 * MIB, 0)).isTrue();
    }
}
