package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server takes what we give it to install, to the last field. */
class InstallationKubeIT {

    private final KubeStage stage = KubeStage.shared();

    @ParameterizedTest
    @ValueSource(strings = {"redisdestinations", "redisservices"})
    void definitionIsServedAndNothingIsWrongWithIt(String plural) {
        CustomResourceDefinition definition = stage.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(plural + ".redis.aeraki.io")
                .get();
        // A schema that is not structural, or names that are taken, would be conditions of their own.
        assertThat(definition.getStatus().getConditions().stream()
                        .collect(Collectors.toMap(
                                CustomResourceDefinitionCondition::getType,
                                CustomResourceDefinitionCondition::getStatus)))
                .isEqualTo(Map.of("Established", "True", "NamesAccepted", "True"));
    }

    @Test
    void definitionsOfTheFolderAreThoseThatAreInstalled() {
        for (String plural : List.of("redisdestinations", "redisservices")) {
            GenericKubernetesResource definition = KubeStage.objects(
                            "manifests/crds/" + plural + ".redis.aeraki.io-v1.yml")
                    .get(0);
            Long generation = stage.client()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(plural + ".redis.aeraki.io")
                    .get()
                    .getMetadata()
                    .getGeneration();
            assertThat(stage.apply(definition).getMetadata().getGeneration()).isEqualTo(generation);
        }
    }

    @Test
    void installingAgainChangesNothing() {
        for (GenericKubernetesResource object : KubeStage.objects("manifests/install.yaml")) {
            // Which other tests have changed.
            if (!object.getKind().equals("MutatingWebhookConfiguration")) {
                String before =
                        stage.client().resource(object).get().getMetadata().getResourceVersion();
                assertThat(stage.apply(object).getMetadata().getResourceVersion())
                        .isEqualTo(before);
            }
        }
    }
}
