package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Destinations;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private static final String DESTINATION = """
            ---
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata: {name: %s, namespace: redis, creationTimestamp: "2026-01-01T00:00:0%dZ"}
            spec: {host: %s}
            """;

    @Test
    void theOlderOfTwoForOneHostCountsHoweverItsNameIsWritten() {
        TestCluster cluster = TestCluster.of(DESTINATION.formatted("b-older", 1, "cache")
                + DESTINATION.formatted("a-newer", 2, "cache.redis.svc.cluster.local"));

        assertThat(of(cluster, "b-older")).isInstanceOfSatisfying(Acceptance.Accepted.class, accepted -> assertThat(
                        accepted.host().fullName())
                .isEqualTo("cache.redis.svc.cluster.local"));
        assertThat(of(cluster, "a-newer"))
                .isEqualTo(new Acceptance.Refused(
                        "Conflict", "the older RedisDestination b-older is for the same host, and counts"));
    }

    @Test
    void serviceOfAnotherNamespaceIsNotOursToDirect() {
        TestCluster cluster = TestCluster.of(DESTINATION.formatted("theirs", 1, "db.billing.svc.cluster.local"));

        assertThat(of(cluster, "theirs"))
                .isEqualTo(new Acceptance.Refused(
                        "OtherNamespace",
                        "db.billing.svc.cluster.local is a Service of namespace billing: only RedisDestinations of that"
                                + " namespace count for it"));
    }

    @Test
    void hostOutsideTheClusterCountsInEveryNamespace() {
        TestCluster cluster = TestCluster.of(DESTINATION.formatted("cloud", 1, "cache.example.com"));

        assertThat(of(cluster, "cloud")).isInstanceOf(Acceptance.Accepted.class);
    }

    @Test
    void objectFromBeforeOurRulesIsToldWhatIsWrong() {
        TestCluster cluster = TestCluster.of(
                DESTINATION.formatted("bad", 1, "{a: b}").replace("{host: {a: b}}", "{host: 'redis://cache:6379'}"));

        assertThat(of(cluster, "bad")).isInstanceOfSatisfying(Acceptance.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("Invalid");
            assertThat(refused.message()).startsWith("spec.host: ");
        });
    }

    private static Acceptance of(TestCluster cluster, String name) {
        Destination destination = cluster.destinations("redis").stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Acceptance.of(destination, new Destinations(cluster, TestPods.DNS));
    }
}
