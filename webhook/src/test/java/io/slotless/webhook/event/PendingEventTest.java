package io.slotless.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingEventTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void nameDependsOnObjectAndReasonAlone() {
        String name = event("shop", "uid-1", "NotInjected", "one").name();

        assertThat(name).matches("shop\\.[0-9a-f]{16}");
        assertThat(event("shop", "uid-1", "NotInjected", "two").name()).isEqualTo(name);
        assertThat(event("shop", "uid-2", "NotInjected", "one").name()).isNotEqualTo(name);
        assertThat(event("shop", "uid-1", "Injected", "one").name()).isNotEqualTo(name);
    }

    /** A cut must not leave a label that ends in a dot or a hyphen. */
    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "-"})
    void nameOfAnObjectWithALongNameIsAName(String ending) {
        String name = "a".repeat(235) + ending + "b".repeat(17);

        assertThat(event(name, "uid", "Reason", "").name())
                .hasSizeLessThanOrEqualTo(253)
                .matches("[a-z0-9]+\\.[0-9a-f]{16}");
    }

    @Test
    void longMessageIsCut() {
        assertThat(event("shop", "uid", "Reason", "m".repeat(2000)).message())
                .hasSize(1024)
                .endsWith("m…");
    }

    @Test
    void twoAreOneWithTheNewerMessage() {
        PendingEvent older = event("shop", "uid", "Reason", "older");
        PendingEvent newer =
                PendingEvent.of(older.regarding(), EventType.WARNING, "Reason", "newer", NOON.plusSeconds(5));

        assertThat(older.and(newer))
                .isEqualTo(new PendingEvent(
                        older.regarding(), EventType.WARNING, "Reason", "newer", NOON, NOON.plusSeconds(5), 2));
    }

    @Test
    void eventOnAnObjectWithoutANamespaceIsInDefault() {
        assertThat(event("shop", "uid", "Reason", "").namespace()).isEqualTo("default");
    }

    static PendingEvent event(String name, String uid, String reason, String message) {
        ObjectReference pod = new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(name)
                .withUid(uid)
                .build();
        return PendingEvent.of(pod, EventType.WARNING, reason, message, NOON);
    }
}
