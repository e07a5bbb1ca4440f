package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

    static Stream<Arguments> answers() {
        HostStatus serving = Facts.serving();
        HostStatus noauth = Facts.failing("AuthenticationRequired", "NOAUTH Authentication required.");
        HostStatus behind = Facts.behind(6);
        return Stream.of(
                Arguments.of(List.of(), "Unknown NoSidecar: no running pod uses it yet | CLUSTER null null"),
                Arguments.of(
                        List.of(new SidecarAnswer.Silent("shop/a", "Connection refused: /10.1.2.3:15379")),
                        "Unknown SidecarsUnreachable: shop/a: Connection refused: /10.1.2.3:15379 | CLUSTER null null"),
                Arguments.of(Facts.told(serving), "True Serving: 3 shards, 6 nodes | CLUSTER 3 6"),
                Arguments.of(
                        List.of(new SidecarAnswer.Silent("shop/z", "gone"), new SidecarAnswer.Told("shop/a", serving)),
                        "True Serving: 3 shards, 6 nodes | CLUSTER 3 6"),
                Arguments.of(
                        Facts.told(noauth),
                        "False AuthenticationRequired: shop/a: NOAUTH Authentication required. | CLUSTER null null"),
                Arguments.of(
                        Facts.told(serving, noauth, serving),
                        "True Serving: 3 shards, 6 nodes; but shop/b: NOAUTH Authentication required. | CLUSTER 3 6"),
                Arguments.of(
                        Facts.told(serving, noauth),
                        "False AuthenticationRequired: shop/b: NOAUTH Authentication required. | CLUSTER null null"),
                Arguments.of(
                        Facts.told(behind),
                        "Unknown Progressing: shop/a still follows redis/cache, generation 6 | PROXY 1 1"),
                Arguments.of(
                        Facts.told(Facts.withoutDestination()),
                        "Unknown Progressing: shop/a does not follow it yet | PROXY 1 1"),
                Arguments.of(
                        Facts.told(serving, behind, serving),
                        "True Serving: 3 shards, 6 nodes; but shop/b still follows redis/cache, generation 6"
                                + " | CLUSTER 3 6"),
                Arguments.of(
                        Facts.told(behind, noauth, behind),
                        "False AuthenticationRequired: shop/b: NOAUTH Authentication required. | CLUSTER null null"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void mostSidecarsDecide(List<SidecarAnswer> answers, String expected) {
        RedisDestinationStatus status = status(answers, null);

        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(words(condition(status, "Accepted"))).isEqualTo("True Accepted: it counts for its host");
        assertThat(words(condition(status, "Ready")) + " | " + status.mode() + " " + status.shards() + " "
                        + status.nodes())
                .isEqualTo(expected);
        assertThat(status.conditions()).allSatisfy(condition -> {
            assertThat(condition.getObservedGeneration()).isEqualTo(7);
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
            assertThat(condition.getReason()).matches("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
        });
    }

    @Test
    void singleRedisHasOneShardAndOneNode() {
        Destination destination = Facts.destination("redis", "cache", Facts.HOST, RedisMode.STANDALONE);
        RedisDestinationStatus status = StatusRules.status(
                destination,
                Facts.ACCEPTED,
                Facts.told(
                        new HostStatus(Facts.HOST, Facts.version(7), RedisMode.PROXY, 1, 1, true, "Serving", "", "")),
                null,
                NOW);

        assertThat(words(condition(status, "Ready"))).isEqualTo("True Serving: a single Redis");
        assertThat(status.mode()).isEqualTo(RedisMode.PROXY);
    }

    @Test
    void refusedDestinationHasNoModeAndSaysWhy() {
        RedisDestinationStatus status = StatusRules.status(
                Facts.destination(), new Acceptance.Refused("Conflict", "older is"), List.of(), null, NOW);

        assertThat(words(condition(status, "Accepted"))).isEqualTo("False Conflict: older is");
        assertThat(words(condition(status, "Ready"))).isEqualTo("False NotAccepted: the condition Accepted says why");
        assertThat(status.mode()).isNull();
    }

    @Test
    void nothingNewIsTheSameStatus() {
        RedisDestinationStatus before = status(Facts.told(Facts.serving()), null);

        assertThat(StatusRules.status(
                        Facts.destination(),
                        Facts.ACCEPTED,
                        Facts.told(Facts.serving()),
                        before,
                        NOW.plusSeconds(1000)))
                .isEqualTo(before);
    }

    @Test
    void aConditionKeepsItsTimeAsLongAsItsStatusStays() {
        RedisDestinationStatus before = status(Facts.told(Facts.failing("Timeout", "late")), null);
        RedisDestinationStatus other = StatusRules.status(
                Facts.destination(),
                Facts.ACCEPTED,
                Facts.told(Facts.failing("Loading", "busy")),
                before,
                NOW.plusSeconds(60));
        assertThat(condition(other, "Ready").getReason()).isEqualTo("Loading");
        assertThat(condition(other, "Ready").getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");

        RedisDestinationStatus turned = StatusRules.status(
                Facts.destination(), Facts.ACCEPTED, Facts.told(Facts.serving()), other, NOW.plusSeconds(120));
        assertThat(condition(turned, "Ready").getLastTransitionTime()).isEqualTo("2026-01-01T12:02:00Z");
        assertThat(condition(turned, "Accepted").getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void oneLiarIsNotBelievedAgainstTwo() {
        HostStatus lie =
                new HostStatus(Facts.HOST, Facts.version(7), RedisMode.PROXY, 99, 1, true, "Serving", "trust me", null);

        RedisDestinationStatus status = status(Facts.told(lie, Facts.serving(), Facts.serving()), null);

        assertThat(status.mode()).isEqualTo(RedisMode.CLUSTER);
        assertThat(status.shards()).isEqualTo(3);
    }

    @Test
    void wordsOfPodsAreCutAndCleaned() {
        HostStatus hostile = new HostStatus(
                Facts.HOST,
                Facts.version(7),
                RedisMode.UNRECOGNIZED,
                Integer.MAX_VALUE,
                -1,
                false,
                "rm -rf /",
                "\u001b[31mred\n\u202e" + "x".repeat(5000),
                null);

        RedisDestinationStatus status = status(Facts.told(hostile), null);

        Condition ready = condition(status, "Ready");
        assertThat(ready.getReason()).isEqualTo("NotServing");
        assertThat(ready.getMessage())
                .startsWith("shop/a: [31mred x")
                .hasSizeLessThan(300)
                .matches("\\P{C}*");
        assertThat(status.mode()).isEqualTo(RedisMode.PROXY);
        assertThat(status.shards()).isNull();
        assertThat(status.nodes()).isNull();
    }

    @Test
    void namesakeOfADeletedDestinationIsAnother() {
        HostStatus ofNamesake = new HostStatus(
                Facts.HOST,
                new DestinationVersion("redis", "cache", "uid-of-the-deleted-one", 9L),
                RedisMode.CLUSTER,
                3,
                6,
                true,
                "Serving",
                "",
                null);

        assertThat(condition(status(Facts.told(ofNamesake), null), "Ready").getReason())
                .isEqualTo("Progressing");
    }

    private static RedisDestinationStatus status(List<SidecarAnswer> answers, RedisDestinationStatus before) {
        return StatusRules.status(Facts.destination(), Facts.ACCEPTED, answers, before, NOW);
    }

    private static Condition condition(RedisDestinationStatus status, String type) {
        return Objects.requireNonNull(StatusRules.condition(status, type));
    }

    private static String words(Condition condition) {
        return condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage();
    }
}
