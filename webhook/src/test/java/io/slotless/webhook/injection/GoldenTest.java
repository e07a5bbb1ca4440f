package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.patch.PodPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code src/test/resources/golden} is a case: {@code in-pod.yaml} and {@code in-cluster.yaml} give {@code
 * out-pod.yaml} (only where the pod is injected) and {@code out-answer.yaml}. The namespace of the pod is {@code shop}
 * unless the pod names another. {@code -Dgolden.regenerate=true} writes the outputs anew: look at the diff.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final boolean REGENERATE = Boolean.getBoolean("golden.regenerate");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    @TestFactory
    Stream<DynamicTest> everyFolder() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        JsonNode tree = TestPods.tree(Files.readString(folder.resolve("in-pod.yaml")));
        String original = tree.toString();
        Pod pod = new Pod(tree, tree.path("metadata").path("namespace").asText("shop"));
        TestCluster catalogue = TestCluster.of(Files.readString(folder.resolve("in-cluster.yaml")));

        Decision decision = TestPods.DECIDER.decide(pod, catalogue);

        Set<String> files = new TreeSet<>(Set.of("in-pod.yaml", "in-cluster.yaml", "out-answer.yaml"));
        expect(folder.resolve("out-answer.yaml"), answer(decision));
        if (decision instanceof Decision.Inject inject) {
            files.add("out-pod.yaml");
            JsonNode injected = TestPods.INJECTOR.inject(pod, inject);
            expect(folder.resolve("out-pod.yaml"), readable(injected));
            checkPatch(pod, inject, injected);
            checkTwiceIsOnce(injected, pod.namespace(), catalogue);
        }
        assertThat(tree.toString()).as("the input is not changed").isEqualTo(original);
        assertThat(filesIn(folder)).as("no unused file").isEqualTo(files);
    }

    private static void checkPatch(Pod pod, Decision.Inject decision, JsonNode injected) {
        JsonNode withHosts = TestPods.INJECTOR.withHosts(pod, decision);
        JsonNode patch = PodPatch.through(List.of(pod.tree(), withHosts, injected));
        assertThat(JsonPatch.apply(patch, pod.tree())).isEqualTo(injected);
        assertThat(patch).as("only additions and changed env values").allSatisfy(operation -> {
            assertThat(operation.path("op").asText()).isIn("add", "replace");
            if (operation.path("op").asText().equals("replace")) {
                assertThat(operation.path("path").asText())
                        .matches("/spec/(initContainers|containers)/\\d+/env/\\d+/value");
            }
        });
    }

    private static void checkTwiceIsOnce(JsonNode injected, String namespace, Catalogue catalogue) {
        Decision again = TestPods.DECIDER.decide(new Pod(injected, namespace), catalogue);
        assertThat(again).isInstanceOf(Decision.Skip.class);
        assertThat(again.reason()).isEqualTo(Reason.ALREADY_INJECTED);
        assertThat(again.warnings()).isEmpty();
    }

    private static JsonNode answer(Decision decision) {
        ObjectNode answer = YAML.createObjectNode()
                .put("decision", decision.getClass().getSimpleName())
                .put("reason", decision.reason().id());
        if (decision instanceof Decision.Deny deny) {
            answer.put("message", deny.finding().message());
        }
        decision.warnings().forEach(warning -> answer.withArray("warnings").add(warning.message()));
        return answer;
    }

    /** JSON within texts is hard to read and to compare: shown as YAML. The hash says nothing to a reader. */
    private static JsonNode readable(JsonNode pod) throws IOException {
        ObjectNode copy = pod.deepCopy();
        ObjectNode annotations = (ObjectNode) copy.at("/metadata/annotations");
        ObjectNode status = (ObjectNode)
                YAML.readTree(annotations.path(SlotlessNames.STATUS).asText());
        assertThat(status.path("hash").asText()).matches("[0-9a-f]{16}");
        annotations.set(SlotlessNames.STATUS, status.without("hash"));
        for (JsonNode env : copy.findValues("env")) {
            for (JsonNode variable : env) {
                if (variable.path("name").asText().equals(SlotlessNames.BOOTSTRAP_ENV)) {
                    String bootstrap = variable.path("value").asText();
                    ((ObjectNode) variable).set("value", YAML.readTree(bootstrap));
                }
            }
        }
        return copy;
    }

    private static void expect(Path file, JsonNode actual) throws IOException {
        String text = YAML.writeValueAsString(actual);
        if (REGENERATE) {
            Files.writeString(file, text);
        }
        assertThat(text).as(file.toString()).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
    }

    private static Set<String> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
