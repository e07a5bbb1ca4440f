package io.slotless.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import org.junit.jupiter.api.Test;

class PodJudgeTest {

    private static final String CLUSTER = """
            kind: Namespace
            metadata: {name: shop}
            ---
            kind: Namespace
            metadata:
              name: opted-in
              labels: {slotless.io/injection: enabled}
              managedFields:
                - manager: kubectl-label
                  time: "2026-01-01T12:00:00Z"
                  fieldsV1: {"f:metadata": {"f:labels": {"f:slotless.io/injection": {}}}}
            ---
            kind: RedisDestination
            metadata: {name: redis, namespace: opted-in, creationTimestamp: "2026-01-01T11:00:00Z"}
            spec: {host: redis}
            """;
    private static final String ASKS = "{slotless.io/inject: \"true\", slotless.io/hosts: redis}";

    @Test
    void podThatNobodyAsksForIsNotOurs() {
        assertThat(judge("shop", "{}", "2026-01-01T13:00:00Z")).isInstanceOf(Verdict.NotAsking.class);
        assertThat(judge("opted-in", "{slotless.io/inject: \"false\"}", "2026-01-01T13:00:00Z"))
                .isInstanceOf(Verdict.NotAsking.class);
    }

    @Test
    void podOfAnUnknownNamespaceIsNotJudged() {
        assertThat(judge("unknown", ASKS, "2026-01-01T13:00:00Z")).isInstanceOf(Verdict.Unclear.class);
    }

    @Test
    void podThatWouldBeInjectedTodayWasMissed() {
        assertThat(judge("shop", ASKS, "2026-01-01T13:00:00Z"))
                .isEqualTo(new Verdict.Uninjected(Finding.of(Reason.MISSED)));
    }

    @Test
    void podYoungerThanTheOptInOfItsNamespaceWasMissed() {
        assertThat(judge("opted-in", "{}", "2026-01-01T12:00:00Z"))
                .isEqualTo(new Verdict.Uninjected(Finding.of(Reason.MISSED)));
    }

    @Test
    void podThatMayBeOlderThanTheOptInIsToldSo() {
        Verdict verdict = judge("opted-in", "{}", "2026-01-01T11:59:59Z");

        assertThat(((Verdict.Uninjected) verdict).finding().reason()).isEqualTo(Reason.MISSED);
        assertThat(((Verdict.Uninjected) verdict).finding().message()).contains("older than the opt-in");
    }

    @Test
    void podOlderThanItsDestinationIsToldSo() {
        assertThat(judge("opted-in", "{}", "2026-01-01T10:59:59Z"))
                .isEqualTo(new Verdict.Uninjected(new Finding(Reason.OLDER_THAN_DESTINATION, "opted-in/redis")));
    }

    /** The annotation names the host: it would have been taken over without a RedisDestination. */
    @Test
    void podThatNamesItsHostsNeedsNoDestination() {
        assertThat(judge("opted-in", ASKS, "2026-01-01T10:00:00Z"))
                .isEqualTo(new Verdict.Uninjected(Finding.of(Reason.MISSED)));
    }

    @Test
    void skipOfWhichTheAuthorIsToldIsToldAgain() {
        assertThat(judge("shop", "{slotless.io/inject: \"true\"}", "2026-01-01T13:00:00Z"))
                .isEqualTo(new Verdict.Uninjected(Finding.of(Reason.NO_HOSTS)));
    }

    @Test
    void podThatWouldBeRefusedIsToldWhy() {
        assertThat(judge("shop", "{slotless.io/inject: \"true\", slotless.io/hosts: '!'}", "2026-01-01T13:00:00Z"))
                .isInstanceOfSatisfying(
                        Verdict.Uninjected.class,
                        verdict -> assertThat(verdict.finding().reason()).isEqualTo(Reason.BAD_HOSTS));
    }

    @Test
    void podWithoutRedisInANamespaceThatAsksForAllIsNoSurprise() {
        TestCluster cluster =
                TestCluster.of("{kind: Namespace, metadata: {name: team, labels: {slotless.io/injection: enabled}}}");

        assertThat(new PodJudge(TestPods.DECIDER, cluster).judge(pod("team", "{}", "2026-01-01T13:00:00Z")))
                .isInstanceOf(Verdict.Unsurprising.class);
    }

    private static Verdict judge(String namespace, String annotations, String created) {
        return new PodJudge(TestPods.DECIDER, TestCluster.of(CLUSTER)).judge(pod(namespace, annotations, created));
    }

    private static Pod pod(String namespace, String annotations, String created) {
        return TestPods.pod(namespace, """
                metadata:
                  name: shop
                  creationTimestamp: "%s"
                  annotations: %s
                spec:
                  containers: [{name: app}]
                """.formatted(created, annotations));
    }
}
