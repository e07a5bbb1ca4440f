package io.slotless.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events as they stand in an embedded API server. */
@EnableKubernetesMockClient(crud = true, https = false)
class QueuedEventRecorderIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    KubernetesClient client;

    private final List<EventOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<QueuedEventRecorder> recorders = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        recorders.forEach(QueuedEventRecorder::close);
    }

    @Test
    void eventSaysWhatKubectlShows() {
        start(NOON).record(pod("shop"), EventType.WARNING, "NotInjected", "no sidecar");

        Event event = written(1).get(0);
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("NotInjected");
        assertThat(event.getMessage()).isEqualTo("no sidecar");
        assertThat(event.getInvolvedObject()).isEqualTo(pod("shop"));
        assertThat(event.getSource().getComponent()).isEqualTo("slotless-webhook");
        assertThat(event.getReportingComponent()).isEqualTo("slotless-webhook");
        assertThat(event.getReportingInstance()).isEqualTo("replica-1");
        assertThat(event.getCount()).isEqualTo(1);
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void repeatedEventRaisesTheCountAlsoAfterARestart() {
        EventRecorder before = start(NOON);
        before.record(pod("shop"), EventType.WARNING, "NotInjected", "first");
        written(1);
        before.record(pod("shop"), EventType.WARNING, "NotInjected", "second");
        written(2);
        EventRecorder after = start(NOON.plusSeconds(60));
        after.record(pod("shop"), EventType.WARNING, "NotInjected", "third");

        assertThat(written(3)).singleElement().satisfies(event -> {
            assertThat(event.getCount()).isEqualTo(3);
            assertThat(event.getMessage()).isEqualTo("third");
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T12:00:00Z");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T12:01:00Z");
        });
    }

    @Test
    void eventThatTheApiServerHasForgottenIsWrittenAnew() {
        EventRecorder recorder = start(NOON);
        recorder.record(pod("shop"), EventType.NORMAL, "Injected", "once");
        written(1);
        client.v1().events().inNamespace("team").delete();
        recorder.record(pod("shop"), EventType.NORMAL, "Injected", "again");

        assertThat(written(2)).singleElement().satisfies(event -> assertThat(event.getCount())
                .isEqualTo(1));
    }

    @Test
    void otherReasonIsAnotherEvent() {
        EventRecorder recorder = start(NOON);
        recorder.record(pod("shop"), EventType.NORMAL, "Injected", "yes");
        recorder.record(pod("shop"), EventType.WARNING, "AppSpeaksTls", "but");

        assertThat(written(2)).extracting(Event::getReason).containsExactlyInAnyOrder("Injected", "AppSpeaksTls");
    }

    private QueuedEventRecorder start(Instant now) {
        QueuedEventRecorder recorder = new QueuedEventRecorder(
                client, "replica-1", outcomes::add, Clock.fixed(now, ZoneOffset.UTC), 100, Duration.ofMillis(1));
        recorders.add(recorder);
        recorder.start();
        return recorder;
    }

    private List<Event> written(int times) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(outcomes).hasSize(times).containsOnly(EventOutcome.WRITTEN));
        return client.v1().events().inNamespace("team").list().getItems();
    }

    private static ObjectReference pod(String name) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace("team")
                .withName(name)
                .withUid("uid-of-" + name)
                .build();
    }
}
