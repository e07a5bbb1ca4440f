package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Destinations;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Its pace; what it says is the matter of other tests. */
class StatusLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ServingPod POD = new ServingPod("shop", "web", "10.0.0.1", "2026", Set.of(Facts.HOST));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void tenThousandDestinationsAreLookedAtInTurnAndNotAtOnce() throws Exception {
        StatusLoop loop = loop(new StatusSettings(1, Duration.ofSeconds(60), 50, 8), never());
        on(() -> {
            for (int i = 0; i < 10_000; i++) {
                loop.changed(Facts.destination("redis", "cache-" + i, Facts.HOST, RedisMode.CLUSTER));
            }
            loop.pod(POD.key(), POD);
            loop.podsKnown();
        });

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked).hasValue(8));
        // Nobody answers: no more than that are asked, and the event loop is free for others.
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> asked.get() == 8);
        on(() -> {});
    }

    @Test
    void nothingIsSaidBeforeAllPodsAreKnown() throws Exception {
        StatusLoop loop = loop(settings(), told());
        on(() -> loop.changed(Facts.destination()));
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(written::isEmpty);

        on(() -> {
            loop.pod(POD.key(), POD);
            loop.podsKnown();
        });

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(written).containsExactly("cache True"));
    }

    @Test
    void podThatComesIsAskedSoonAndWhatIsTrueIsWrittenOnce() throws Exception {
        StatusLoop loop = loop(new StatusSettings(1, Duration.ofMillis(200), 50, 8), told());
        on(() -> {
            loop.changed(Facts.destination());
            loop.podsKnown();
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(written).containsExactly("cache Unknown"));

        on(() -> loop.pod(POD.key(), POD));

        await().atMost(PATIENCE).until(() -> asked.get() > 5);
        assertThat(written).containsExactly("cache Unknown", "cache True");
    }

    @Test
    void oneSilenceIsDoubtedBeforeItIsTold() throws Exception {
        AtomicInteger silences = new AtomicInteger();
        AtomicInteger silent = new AtomicInteger();
        StatusLoop loop = loop(new StatusSettings(1, Duration.ofMillis(200), 50, 8), (pod, host) -> {
            asked.incrementAndGet();
            if (silent.get() > 0 && silent.decrementAndGet() >= 0) {
                silences.incrementAndGet();
                return Future.succeededFuture(new SidecarAnswer.Silent(pod.key(), "gone"));
            }
            return Future.succeededFuture(new SidecarAnswer.Told(pod.key(), Facts.serving()));
        });
        on(() -> {
            loop.changed(Facts.destination());
            loop.pod(POD.key(), POD);
            loop.podsKnown();
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(written).containsExactly("cache True"));

        silent.set(1);
        await().atMost(PATIENCE).until(() -> silences.get() == 1);
        int before = asked.get();
        await().atMost(PATIENCE).until(() -> asked.get() > before + 1);
        assertThat(written).containsExactly("cache True");

        silent.set(Integer.MAX_VALUE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written).containsExactly("cache True", "cache Unknown"));
    }

    private StatusSettings settings() {
        return new StatusSettings(1, Duration.ofSeconds(10), 50, 8);
    }

    private StatusLoop.Asking told() {
        return (pod, host) -> {
            asked.incrementAndGet();
            return Future.succeededFuture(new SidecarAnswer.Told(pod.key(), Facts.serving()));
        };
    }

    private StatusLoop.Asking never() {
        return (pod, host) -> {
            asked.incrementAndGet();
            return Promise.<SidecarAnswer>promise().future();
        };
    }

    private StatusLoop loop(StatusSettings settings, StatusLoop.Asking asking) throws Exception {
        CompletableFuture<StatusLoop> loop = new CompletableFuture<>();
        context.runOnContext(ignored -> loop.complete(new StatusLoop(
                vertx, context, new Destinations(TestCluster.empty(), TestPods.DNS), asking, this::write, settings)));
        return loop.get();
    }

    private void write(Destination seen, @Nullable RedisDestinationStatus before, RedisDestinationStatus status) {
        written.add(seen.name() + " "
                + StatusRules.condition(status, StatusRules.READY).getStatus());
    }

    private void on(Runnable step) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            step.run();
            done.complete(null);
        });
        done.get();
    }
}
