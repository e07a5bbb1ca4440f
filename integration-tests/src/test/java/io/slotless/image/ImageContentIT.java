package io.slotless.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in an image is what the Dockerfile takes out of the build, and what the bill of materials tells. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the images are for Linux")
class ImageContentIT {

    /** Maven resolves it; Quarkus does not package it, for it only serves its development mode. */
    private static final Set<String> NOT_PACKAGED = Set.of("io.quarkus.quarkus-ide-launcher");

    /** Quarkus's list of what was packaged, which the SBOM says better. */
    private static final String NOT_COPIED = "quarkus-app-dependencies.txt";

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void theBillOfMaterialsNamesEveryLibraryAndNothingElse(String program) throws IOException {
        Path home = Container.of(program).home();
        JsonNode sbom = new ObjectMapper().readTree(home.resolve("sbom.json").toFile());
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.at("/metadata/component/name").asText()).isEqualTo("slotless-" + program);
        Set<String> named = new TreeSet<>();
        for (JsonNode component : sbom.path("components")) {
            String artifact = component.path("group").asText() + "."
                    + component.path("name").asText();
            if (!NOT_PACKAGED.contains(artifact)) {
                named.add(artifact + "-" + component.path("version").asText());
            }
        }
        assertThat(named).isEqualTo(libraries(home.resolve("lib")));
        assertThat(named)
                .anyMatch(name -> name.startsWith("io.netty.netty-handler-"))
                .anyMatch(name -> name.startsWith("io.vertx.vertx-core-"))
                .anyMatch(name -> name.startsWith("io.slotless.slotless-api-"));
    }

    /** It is in every pod: what only the webhook needs stays there. */
    @Test
    void theSidecarHasNoClientOfKubernetes() throws IOException {
        assertThat(libraries(Container.of("sidecar").home().resolve("lib")))
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("io.fabric8."))
                .noneMatch(name -> name.startsWith("io.slotless.slotless-crd-"))
                .noneMatch(name -> name.startsWith("org.slf4j."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void everythingThatIsBuiltIsCopied(String program) throws IOException {
        Container container = Container.of(program);
        Set<String> copied = Dockerfile.of(program)
                .all("COPY")
                .filter(copy -> copy.startsWith("--from=layers "))
                .flatMap(copy -> Stream.of(copy.split(" ")))
                .filter(word -> word.startsWith(Container.HOME + "/") && !word.endsWith("/"))
                .map(word -> word.substring(Container.HOME.length() + 1))
                // An older JDK writes an archive of another name.
                .map(name -> name.equals("app.aot")
                        ? Path.of(container.archive()).getFileName().toString()
                        : name)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> built = Files.list(container.home())) {
            assertThat(copied)
                    .containsExactlyInAnyOrderElementsOf(
                            built.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals(NOT_COPIED))
                                    .toList());
        }
    }

    /** Quarkus names a jar {@code group.artifact-version[-classifier].jar}. */
    private static Set<String> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceAll("(-linux-(x86_64|aarch_64))?\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
