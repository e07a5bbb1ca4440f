package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manifests that a user copies do what they say. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("../manifests/samples");

    @Test
    void annotatedDeploymentIsInjected() throws IOException {
        Pod pod = new Pod(read("deployment-opt-in.yaml").at("/spec/template"), "redis");
        TestCluster cluster = TestCluster.of(text("redisdestination-cluster.yaml"));

        Decision decision = TestPods.DECIDER.decide(pod, cluster);

        assertThat(decision).isInstanceOf(Decision.Inject.class);
        assertThat(decision.warnings()).isEmpty();
        JsonNode injected = TestPods.INJECTOR.inject(pod, ((Decision.Inject) decision).plan());
        assertThat(injected.at("/spec/containers/0/env/0/value").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void namespaceAsksForItsPods() throws IOException {
        TestCluster cluster =
                TestCluster.of(text("namespace-opt-in.yaml") + "---\n" + text("redisdestination-cluster.yaml"));
        Pod pod = TestPods.pod("redis", "{metadata: {name: app}, spec: {containers: [{name: app}]}}");

        Decision decision = TestPods.DECIDER.decide(pod, cluster);

        assertThat(decision).isInstanceOf(Decision.Inject.class);
        assertThat(decision.warnings()).isEmpty();
        assertThat(((Decision.Inject) decision).plan().sidecar().memoryLimit()).hasToString("384Mi");
    }

    private static JsonNode read(String sample) throws IOException {
        return TestPods.tree(text(sample));
    }

    private static String text(String sample) throws IOException {
        return Files.readString(SAMPLES.resolve(sample));
    }
}
