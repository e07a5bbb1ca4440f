package io.slotless.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.slotless.api.v1alpha1.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CustomResourceDefinitions are what the model says. */
class CustomResourceDefinitionsTest {

    private static final String REGENERATE = "./mvnw -pl crd -am test -Dtest=CustomResourceDefinitionsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dslotless.regenerate";

    private static final Map<String, String> GENERATED = CustomResourceDefinitions.generate();

    @ParameterizedTest
    @ValueSource(strings = {"../charts/slotless/crds", "../manifests/crds"})
    void committedDefinitionsAreThoseOfTheModel(String folder) throws IOException {
        for (Map.Entry<String, String> definition : GENERATED.entrySet()) {
            Path file = Path.of(folder, definition.getKey());
            if (System.getProperty("slotless.regenerate") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, definition.getValue());
            }
            assertThat(file).exists();
            assertThat(Files.readString(file))
                    .as("%s is behind the model; regenerate it with: %s", file, REGENERATE)
                    .isEqualTo(definition.getValue());
        }
        try (var files = Files.list(Path.of(folder))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(GENERATED.keySet());
        }
    }

    @Test
    void namesAreThoseOfAeraki() {
        assertThat(definition("redisdestinations").getSpec().getGroup()).isEqualTo("redis.aeraki.io");
        assertThat(definition("redisdestinations").getSpec().getScope()).isEqualTo("Namespaced");
        assertThat(definition("redisdestinations").getSpec().getNames().getShortNames())
                .containsExactly("rd");
        assertThat(definition("redisservices").getSpec().getNames().getShortNames())
                .containsExactly("rsvc");
        assertThat(definition("redisservices").getSpec().getNames().getCategories())
                .containsExactly("redis-aeraki-io");
    }

    @Test
    void listsShowWhatAnOperatorAsksFirst() {
        assertThat(version("redisdestinations").getAdditionalPrinterColumns())
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("Host", "Mode", "Shards", "Ready", "Age");
        assertThat(version("redisservices").getAdditionalPrinterColumns())
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("Hosts", "Age");
    }

    @Test
    void statusIsASubresource() {
        assertThat(version("redisdestinations").getSubresources().getStatus()).isNotNull();
        assertThat(version("redisservices").getSubresources().getStatus()).isNotNull();
    }

    @Test
    void theValueForUnknownValuesIsNotInTheSchema() {
        assertThat(GENERATED.values()).noneMatch(yaml -> yaml.contains("UNRECOGNIZED"));
        JSONSchemaProps mode =
                property("redisdestinations", "spec", "trafficPolicy", "connectionPool", "redis", "mode");
        assertThat(mode.getEnum())
                .extracting(value -> value.asText())
                .containsExactly("CLUSTER", "PROXY", "STANDALONE");
    }

    @Test
    void descriptionsAreTheJavadocInPlainText() {
        assertThat(property("redisdestinations", "spec", "port").getDescription())
                .isEqualTo("the port of Redis, 1 to 65535; default: the port of the Service, else 6379");
        assertThat(property("redisdestinations", "spec", "trafficPolicy", "connectionPool", "redis", "mode")
                        .getDescription())
                .isEqualTo("the deployment mode; default: PROXY");
        assertThat(GENERATED.values()).noneMatch(yaml -> yaml.contains("{@"));
    }

    @Test
    void everyRuleIsInASchema() {
        assertThat(Validation.RULES)
                .allSatisfy(rule -> assertThat(GENERATED.values()).anySatisfy(yaml -> assertThat(Manifests.SERIALIZATION
                                .unmarshal(yaml, CustomResourceDefinition.class)
                                .toString())
                        .contains("rule=" + rule.cel() + ",")));
    }

    private static JSONSchemaProps property(String plural, String... path) {
        JSONSchemaProps schema = version(plural).getSchema().getOpenAPIV3Schema();
        for (String name : path) {
            schema = schema.getProperties().get(name);
        }
        return schema;
    }

    private static CustomResourceDefinitionVersion version(String plural) {
        return definition(plural).getSpec().getVersions().get(0);
    }

    private static CustomResourceDefinition definition(String plural) {
        return Manifests.SERIALIZATION.unmarshal(
                GENERATED.get(plural + ".redis.aeraki.io-v1.yml"), CustomResourceDefinition.class);
    }
}
