package io.slotless.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.api.v1alpha1.Rule;
import io.slotless.api.v1alpha1.Validation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects in files, right ({@code valid-*.yaml}) and wrong ({@code invalid-*.yaml}); the comments at the start of a wrong
 * one are what its author must be told, by {@link Validation} and by the API server.
 */
class ValidationTest {

    private static final Map<String, ApiServerRules> API_SERVER = Map.of(
            "RedisDestination", rules("redisdestinations"),
            "RedisService", rules("redisservices"));

    static List<Path> valid() {
        return Stream.of(files("valid-"), Manifests.in("aeraki"), samples())
                .flatMap(List::stream)
                .toList();
    }

    static List<Path> invalid() {
        return files("invalid-");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void nothingIsWrongWithAValidObject(Path file) {
        for (HasMetadata object : Manifests.objects(file)) {
            assertThat(object instanceof Secret ? List.of() : problems(object)).isEmpty();
        }
        for (JsonNode object : documents(file)) {
            if (!object.path("kind").asText().equals("Secret")) {
                assertThat(problems(object)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void theAuthorOfAnInvalidObjectIsToldWhatToDo(Path file) {
        List<String> told = Manifests.text(file)
                .lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .toList();

        assertThat(told).isNotEmpty();
        assertThat(problems(Manifests.objects(file).get(0))).as("Validation").containsExactlyInAnyOrderElementsOf(told);
        assertThat(problems(documents(file).get(0))).as("CEL").containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void everyMessageHasAFileThatProvokesIt() {
        String told = String.join("\n", invalid().stream().map(Manifests::text).toList());

        for (Rule<?> rule : Validation.RULES) {
            assertThat(told).contains(rule.field().replaceFirst("^\\.", "") + ": " + rule.message());
        }
    }

    @Test
    void everyFileIsRead() {
        assertThat(valid().size() + invalid().size())
                .isEqualTo(Manifests.in("validation").size()
                        + Manifests.in("aeraki").size()
                        + samples().size());
    }

    private static List<String> problems(HasMetadata object) {
        return object instanceof RedisService service
                ? Validation.problems(service.getSpec())
                : Validation.problems(((RedisDestination) object).getSpec());
    }

    private static List<String> problems(JsonNode object) {
        return API_SERVER.get(object.get("kind").asText()).problems(object);
    }

    private static List<JsonNode> documents(Path file) {
        return Manifests.documents(file).stream()
                .map(document -> Manifests.SERIALIZATION.unmarshal(document, JsonNode.class))
                .toList();
    }

    private static List<Path> samples() {
        return Manifests.in(Manifests.SAMPLES).stream()
                .filter(file -> file.getFileName().toString().matches("redis(destination|service)-.*"))
                .toList();
    }

    private static List<Path> files(String prefix) {
        return Manifests.in("validation").stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
    }

    private static ApiServerRules rules(String plural) {
        return new ApiServerRules(CustomResourceDefinitions.generate().get(plural + ".redis.aeraki.io-v1.yml"));
    }
}
