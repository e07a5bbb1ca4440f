package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The API server takes all that the chart renders for different values, to the last field, and every sample. */
class ChartKubeIT {

    private static final Path CASES = Java.root().resolve("webhook/src/test/resources/chart");

    /** Their definitions are not here; what we write for them is held against their Java models, without a server. */
    private static final Set<String> OF_OTHER_OPERATORS = Set.of("monitoring.coreos.com", "cert-manager.io");

    private static final KubeStage STAGE = KubeStage.shared();

    @BeforeAll
    static void namespaces() {
        // Those of the cases and of the samples.
        STAGE.ensureNamespace("monitoring");
        STAGE.ensureNamespace("redis");
    }

    @TestFactory
    Stream<DynamicTest> everythingThatIsRenderedIsTaken() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                        Set<String> taken = new TreeSet<>();
                        for (GenericKubernetesResource object : KubeStage.objects(folder.resolve("out-objects.yaml"))) {
                            if (OF_OTHER_OPERATORS.contains(
                                    object.getApiVersion().split("/")[0])) {
                                System.out.println("NOT TRIED on kube-apiserver, no definition: " + object.getKind());
                            } else {
                                STAGE.dryRun(object);
                                taken.add(object.getKind());
                            }
                        }
                        assertThat(taken)
                                .contains("Deployment", "Service", "MutatingWebhookConfiguration", "ClusterRole");
                    }));
        }
    }

    @TestFactory
    Stream<DynamicTest> everySampleIsTaken() throws IOException {
        try (Stream<Path> files = Files.list(Java.root().resolve("manifests/samples"))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        List<GenericKubernetesResource> objects = KubeStage.objects(file);
                        assertThat(objects).isNotEmpty().allSatisfy(object -> assertThat(
                                        STAGE.dryRun(object).getMetadata().getUid())
                                .isNotEmpty());
                    }));
        }
    }

    /** Its namespace is under Pod Security "restricted", and its priority class must exist. */
    @Test
    void podOfTheWebhookIsTakenWhereItIsInstalled() {
        JsonNode deployment = KubeStage.objects("manifests/install.yaml").stream()
                .filter(object -> object.getKind().equals("Deployment"))
                .map(object -> Serialization.unmarshal(Serialization.asJson(object), JsonNode.class))
                .findFirst()
                .orElseThrow();
        ObjectNode pod = deployment.at("/spec/template").deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.withObjectProperty("metadata").put("name", "webhook").put("namespace", "slotless-system");

        PodAnswer answer = PodAnswer.dryRun(STAGE, pod);

        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.warnings()).isEmpty();
        assertThat(answer.body().at("/spec/priority").asInt()).isEqualTo(2_000_000_000);
    }
}
