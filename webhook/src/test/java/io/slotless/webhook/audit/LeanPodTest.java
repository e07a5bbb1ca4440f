package io.slotless.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeanPodTest {

    static Stream<Path> cases() throws IOException {
        return Files.list(Path.of("src/test/resources/golden"))
                .filter(folder -> Files.exists(folder.resolve("in-pod.yaml")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decisionIsTheSameAsOfTheWholePod(Path folder) throws IOException {
        ObjectNode whole = (ObjectNode) TestPods.tree(Files.readString(folder.resolve("in-pod.yaml")));
        String namespace = whole.path("metadata").path("namespace").asText("shop");
        TestCluster cluster = TestCluster.of(Files.readString(folder.resolve("in-cluster.yaml")));

        Decision ofWhole = TestPods.DECIDER.decide(new Pod(whole, namespace), cluster);
        Decision ofLean = TestPods.DECIDER.decide(new Pod(LeanPod.slimmed(whole.deepCopy()), namespace), cluster);

        assertThat(ofLean).isEqualTo(ofWhole);
    }

    @Test
    void whatMakesPodsBigIsLeftOut() {
        ObjectNode pod = (ObjectNode) TestPods.tree("""
                metadata:
                  name: shop
                  managedFields: [{manager: kubectl}]
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", slotless.io/hosts: redis}
                spec:
                  volumes: [{name: v}]
                  containers: [{name: app, volumeMounts: [{name: v}], env: [{name: A, value: b}]}]
                status: {phase: Running}
                """);

        assertThat(LeanPod.slimmed(pod)).isEqualTo(TestPods.tree("""
                metadata: {name: shop, annotations: {slotless.io/hosts: redis}}
                spec: {containers: [{name: app, env: [{name: A, value: b}]}]}
                """));
    }
}
