package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The manifests that a user copies do what they say. A real API server takes them elsewhere. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("../manifests/samples");

    /** All at once, as one who applies the whole folder. */
    @TestFactory
    Stream<DynamicTest> everyPodTemplateIsInjectedAndNothingIsLeftToSay() throws IOException {
        TestCluster cluster = clusterOf("RedisDestination");
        List<JsonNode> workloads = objects().stream()
                .filter(object -> object.at("/spec/template").isObject())
                .toList();
        assertThat(workloads).hasSizeGreaterThanOrEqualTo(3);
        return workloads.stream()
                .map(workload ->
                        DynamicTest.dynamicTest(workload.at("/metadata/name").asText(), () -> assertThat(
                                        inject(new Pod(workload.at("/spec/template"), "redis"), cluster)
                                                .at("/spec/initContainers/0/name")
                                                .asText())
                                .isEqualTo("slotless")));
    }

    @Test
    void annotatedDeploymentReachesRedisOnLoopback() throws IOException {
        JsonNode injected = inject(
                new Pod(template("deployment-opt-in.yaml"), "redis"),
                TestCluster.of(text(SAMPLES.resolve("redisdestination-cluster.yaml"))));

        assertThat(injected.at("/spec/containers/0/env/0/value").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void severalHostsHaveAnAddressEach() throws IOException {
        JsonNode injected =
                inject(new Pod(template("deployment-several-hosts.yaml"), "redis"), clusterOf("RedisDestination"));

        assertThat(injected.at("/spec/containers/0/env"))
                .extracting(variable -> variable.path("value").asText())
                .containsExactly("redis://127.0.0.1:6379/0", "127.0.0.2:6379", "127.0.0.3");
        assertThat(injected.at("/spec/hostAliases"))
                .extracting(alias -> alias.at("/hostnames/0").asText())
                .containsExactly("external-redis", "sessions", "audit.logging");
    }

    @Test
    void jobsOwnInitContainersComeAfterTheSidecar() throws IOException {
        JsonNode injected = inject(new Pod(template("job.yaml"), "redis"), clusterOf("RedisDestination"));

        assertThat(injected.at("/spec/initContainers"))
                .extracting(container -> container.path("name").asText())
                .containsExactly("slotless", "wait-for-redis");
    }

    @Test
    void namespaceAsksForItsPods() throws IOException {
        Pod pod = TestPods.pod("redis", "{metadata: {name: app}, spec: {containers: [{name: app}]}}");

        JsonNode injected = inject(pod, clusterOf("RedisDestination", "Namespace"));

        assertThat(injected.at("/spec/initContainers/0/resources/limits/memory").asText())
                .isEqualTo("384Mi");
    }

    @Test
    void readmeShowsTheFirstOfThem() throws IOException {
        assertThat(Files.readString(Path.of("../README.md")))
                .contains(text(SAMPLES.resolve("redisdestination-cluster.yaml")));
    }

    private static JsonNode inject(Pod pod, TestCluster cluster) {
        Decision decision = TestPods.DECIDER.decide(pod, cluster);
        assertThat(decision).isInstanceOf(Decision.Inject.class);
        assertThat(decision.warnings()).isEmpty();
        return TestPods.INJECTOR.inject(pod, (Decision.Inject) decision);
    }

    private static JsonNode template(String sample) throws IOException {
        return TestPods.tree(text(SAMPLES.resolve(sample))).at("/spec/template");
    }

    /** The samples of these kinds; of two with one name the first, as there cannot be two. */
    private static TestCluster clusterOf(String... kinds) throws IOException {
        StringBuilder yaml = new StringBuilder();
        for (JsonNode object : objects()) {
            if (List.of(kinds).contains(object.path("kind").asText())) {
                yaml.append(TestPods.YAML.writeValueAsString(object));
            }
        }
        return TestCluster.of(yaml.toString());
    }

    private static List<JsonNode> objects() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                all.append("---\n").append(text(file));
            }
        }
        try (MappingIterator<JsonNode> documents =
                TestPods.YAML.readerFor(JsonNode.class).readValues(all.toString())) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
