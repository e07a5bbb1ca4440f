package io.slotless.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.SwitchedCatalogue;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pods that are created right after what they depend on. */
class PatientDeciderTest {

    private static final String PLAIN = "{kind: Namespace, metadata: {name: shop}}";
    private static final String OPTED_IN =
            "{kind: Namespace, metadata: {name: shop, labels: {slotless.io/injection: enabled}}}";
    private static final String DESTINATION =
            "\n---\n{kind: RedisDestination, metadata: {name: redis, namespace: shop}, spec: {host: redis}}";

    private final Patience patience = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), System::nanoTime);

    @Test
    void podOfANamespaceThatTheWatchHasNotBroughtYet() throws Exception {
        assertInjectedOnceKnown(TestCluster.empty(), "{}");
    }

    @Test
    void podOfANamespaceWhoseLabelTheWatchHasNotBroughtYet() throws Exception {
        assertInjectedOnceKnown(TestCluster.of(PLAIN), "{}");
    }

    @Test
    void podThatAsksWhoseDestinationTheWatchHasNotBroughtYet() throws Exception {
        assertInjectedOnceKnown(TestCluster.of(PLAIN), "{slotless.io/inject: \"true\"}");
    }

    /** Common in a namespace that asks for all of its pods: no reason to make them wait. */
    @Test
    void podWithoutRedisIsNotKeptWaiting() throws Exception {
        PatientDecider decider = new PatientDecider(TestPods.DECIDER, TestCluster.of(OPTED_IN), () -> true, patience);

        Decision decision =
                CompletableFuture.supplyAsync(() -> decide(decider, pod("{}"))).get(30, TimeUnit.SECONDS);

        assertThat(decision.reason()).isEqualTo(Reason.NO_HOSTS);
    }

    private void assertInjectedOnceKnown(TestCluster before, String annotations) throws Exception {
        SwitchedCatalogue catalogue = new SwitchedCatalogue(before);
        PatientDecider decider = new PatientDecider(TestPods.DECIDER, catalogue, () -> true, patience);
        CompletableFuture<Decision> decision = CompletableFuture.supplyAsync(() -> decide(decider, pod(annotations)));
        patience.changed();
        assertThat(decision).isNotDone();

        catalogue.become(TestCluster.of(OPTED_IN + DESTINATION));
        patience.changed();

        assertThat(decision.get(30, TimeUnit.SECONDS).reason()).isEqualTo(Reason.INJECTED);
    }

    private static Decision decide(PatientDecider decider, Pod pod) {
        try {
            return decider.decide(pod);
        } catch (UnanswerableReviewException e) {
            throw new AssertionError(e);
        }
    }

    private static Pod pod(String annotations) {
        return TestPods.pod("shop", """
                metadata: {name: shop, annotations: %s}
                spec: {containers: [{name: app}]}
                """.formatted(annotations));
    }
}
