package io.slotless.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.slotless.webhook.event.EventType;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.SwitchedCatalogue;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pods come and go, the cluster changes, time passes: what is said, and how many are counted. */
class AuditRoundTest {

    private static final String PLAIN = "{kind: Namespace, metadata: {name: shop}}";
    private static final String OPTED_IN =
            "{kind: Namespace, metadata: {name: shop, labels: {slotless.io/injection: enabled}}}";
    private static final String DESTINATION =
            "\n---\n{kind: RedisDestination, metadata: {name: redis, namespace: shop}, spec: {host: redis}}";
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration REPEAT = Duration.ofMinutes(30);

    private final List<String> events = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final TurnedClock clock = new TurnedClock();
    private final SwitchedCatalogue cluster = new SwitchedCatalogue(TestCluster.of(PLAIN + DESTINATION));
    private final ObjectMapper mapper = new ObjectMapper();
    private final PodEvents podEvents =
            new PodEvents((regarding, type, reason, message) -> events.add((type == EventType.WARNING ? "!" : "")
                    + reason + " " + regarding.getNamespace() + "/" + regarding.getName() + " " + message));
    private final LivePods pods = new LivePods(Set.of("kube-system"), cluster, podEvents::injected, mapper, clock);
    private Map<Reason, Long> counted = Map.of();
    private final AuditRound round = new AuditRound(
            new AuditRules(
                    TestPods.DECIDER,
                    cluster,
                    () -> true,
                    Set.of(),
                    (regarding, type, reason, message) -> {},
                    clock,
                    SETTLE,
                    REPEAT),
            pods,
            podEvents,
            new AuditListener() {
                @Override
                public void reported(Finding finding, String pod) {
                    reports.add(pod + " " + finding.reason().id());
                }

                @Override
                public void counted(Map<Reason, Long> now) {
                    counted = now;
                }
            },
            mapper);

    @Test
    void uninjectedPodIsToldOnceAndCountedUntilItGoes() {
        come("asking", "slotless.io/inject: \"true\"");
        come("plain", "team: shop");

        afterAWhile();
        afterAWhile();

        assertThat(events)
                .singleElement()
                .asString()
                .isEqualTo(
                        "!NotInjected shop/asking slotless: not injected: "
                                + "the webhook was not reached when the pod was created (missed). To get the sidecar: recreate the pod");
        assertThat(reports).containsExactly("shop/asking missed");
        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));

        pods.remove("shop/asking");
        afterAWhile();
        assertThat(counted).isEmpty();
    }

    @Test
    void podIsLeftAloneUntilTheCatalogueMayHaveCaughtUp() {
        come("asking", "slotless.io/inject: \"true\"");

        round.run();

        assertThat(events).isEmpty();
    }

    @Test
    void podIsJudgedAgainWhenTheCatalogueChanges() {
        cluster.become(TestCluster.of(PLAIN));
        come("asking", "slotless.io/inject: \"true\"");
        afterAWhile();
        assertThat(counted).isEqualTo(Map.of(Reason.NO_HOSTS, 1L));

        cluster.become(TestCluster.of(PLAIN + DESTINATION));
        afterAWhile();
        assertThat(counted).as("nobody said that it changed").isEqualTo(Map.of(Reason.NO_HOSTS, 1L));

        round.catalogueChanged();
        afterAWhile();
        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));
        assertThat(reports).containsExactly("shop/asking no_hosts", "shop/asking missed");
    }

    @Test
    void podThatIsOlderThanTheOptInOfItsNamespaceIsFoundWhenItIsLookedAtAgain() {
        GenericKubernetesResource pod = come("plain", "team: shop");
        afterAWhile();
        assertThat(counted).isEmpty();

        cluster.become(TestCluster.of(OPTED_IN + DESTINATION));
        pods.look(pod);
        afterAWhile();

        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));
        assertThat(events).singleElement().asString().contains("older than the opt-in of its namespace");
    }

    /** The list it comes from may be older than its end. */
    @Test
    void podThatIsGoneIsNotLookedAtAgain() {
        GenericKubernetesResource pod = come("plain", "team: shop");
        pods.remove("shop/plain");
        cluster.become(TestCluster.of(OPTED_IN + DESTINATION));

        pods.look(pod);
        afterAWhile();

        assertThat(counted).isEmpty();
        assertThat(pods.size()).isZero();
    }

    @Test
    void namespaceThatAsksNoMoreTakesItsPodsOffTheCount() {
        cluster.become(TestCluster.of(OPTED_IN + DESTINATION));
        come("plain", "team: shop");
        afterAWhile();
        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));

        cluster.become(TestCluster.of(PLAIN + DESTINATION));
        round.catalogueChanged();
        afterAWhile();

        assertThat(counted).isEmpty();
    }

    @Test
    void podOfAnUnknownNamespaceIsJudgedOnceThatIsKnown() {
        cluster.become(TestCluster.empty());
        come("plain", "team: shop");
        afterAWhile();
        assertThat(events).isEmpty();

        cluster.become(TestCluster.of(OPTED_IN + DESTINATION));
        afterAWhile();

        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));
    }

    @Test
    void podThatBeginsToAskIsJudged() {
        come("shop", "team: shop");
        afterAWhile();
        come("shop", "slotless.io/inject: \"true\"");
        afterAWhile();

        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));
    }

    @Test
    void statusOfAPodIsNoNews() {
        GenericKubernetesResource pod = come("asking", "slotless.io/inject: \"true\"");
        afterAWhile();
        pod.setAdditionalProperty("status", Map.of("phase", "Running"));
        pods.put("shop/asking", pod);
        afterAWhile();

        assertThat(events).hasSize(1);
    }

    @Test
    void finishedPodsAndExcludedNamespacesDoNotCount() {
        GenericKubernetesResource finished = come("asking", "slotless.io/inject: \"true\"");
        afterAWhile();
        finished.setAdditionalProperty("status", Map.of("phase", "Succeeded"));
        pods.put("shop/asking", finished);
        pods.put("kube-system/dns", pod("kube-system", "dns", "slotless.io/inject: \"true\""));
        afterAWhile();

        assertThat(counted).isEmpty();
    }

    @Test
    void successorOfTheSameNameIsAnotherPod() {
        come("web-0", "slotless.io/inject: \"true\"");
        afterAWhile();
        GenericKubernetesResource successor = pod("shop", "web-0", "slotless.io/inject: \"true\"");
        successor.getMetadata().setUid("another");
        pods.put("shop/web-0", successor);
        afterAWhile();

        assertThat(reports).containsExactly("shop/web-0 missed", "shop/web-0 missed");
        assertThat(counted).isEqualTo(Map.of(Reason.MISSED, 1L));
    }

    @Test
    void whatIsStillTrueIsSaidAgainBeforeItIsForgottenButCountedOnce() {
        come("asking", "slotless.io/inject: \"true\"");
        afterAWhile();
        clock.turn(REPEAT);
        round.run();

        assertThat(events).hasSize(2);
        assertThat(reports).hasSize(1);
    }

    @Test
    void injectedPodSaysWhereItsHostsLeadAndWhatItsAuthorWasWarnedOf() {
        GenericKubernetesResource injected =
                TestPods.YAML.convertValue(TestPods.tree("""
                metadata:
                  name: shop
                  namespace: shop
                  uid: shop
                  creationTimestamp: "2026-01-01T12:00:00Z"
                  annotations:
                    slotless.io/inject: "true"
                    slotless.io/status: '{"version":"1","hash":"0","later":1,
                      "hosts":[{"host":"redis.shop.svc.cluster.local","address":"127.0.0.1","port":6379}],
                      "warnings":[{"reason":"app_speaks_tls","message":"slotless: host not taken over: other"}]}'
                spec: {initContainers: [{name: slotless}], containers: [{name: app}]}
                status: {phase: Pending}
                """), GenericKubernetesResource.class);

        pods.put("shop/shop", injected);
        pods.put("shop/shop", injected);
        afterAWhile();

        assertThat(events)
                .containsExactly(
                        "Injected shop/shop slotless: injected: redis.shop.svc.cluster.local → 127.0.0.1:6379",
                        "!InjectedWithWarnings shop/shop slotless: host not taken over: other (app_speaks_tls)");
        assertThat(counted).isEmpty();
    }

    @Test
    void injectionIsNewsForAFewMinutesOnly() {
        clock.turn(Duration.ofMinutes(11));
        GenericKubernetesResource injected = pod("shop", "shop", "slotless.io/status: '{}'");
        injected.setAdditionalProperty("spec", Map.of("containers", List.of(Map.of("name", "slotless"))));

        pods.put("shop/shop", injected);

        assertThat(events).isEmpty();
    }

    private void afterAWhile() {
        clock.turn(SETTLE);
        round.run();
    }

    private GenericKubernetesResource come(String name, String annotation) {
        GenericKubernetesResource pod = pod("shop", name, annotation);
        pods.put("shop/" + name, pod);
        return pod;
    }

    private static GenericKubernetesResource pod(String namespace, String name, String annotation) {
        return TestPods.YAML.convertValue(
                TestPods.tree("""
                metadata:
                  name: %2$s
                  namespace: %1$s
                  uid: uid-of-%2$s
                  creationTimestamp: "2026-01-01T12:00:00Z"
                  annotations: {%3$s}
                spec: {containers: [{name: app, env: [{name: REDIS_HOST, value: redis}]}]}
                status: {phase: Pending}
                """.formatted(namespace, name, annotation)), GenericKubernetesResource.class);
    }

    private static final class TurnedClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T12:00:00Z");

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
