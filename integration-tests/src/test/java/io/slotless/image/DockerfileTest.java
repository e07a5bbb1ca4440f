package io.slotless.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.process.Java;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No tool here builds the Dockerfiles: what one would stumble over. */
class DockerfileTest {

    private static final Set<String> INSTRUCTIONS = Set.of(
            "ARG",
            "FROM",
            "COPY",
            "RUN",
            "LABEL",
            "ENV",
            "WORKDIR",
            "EXPOSE",
            "USER",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ENTRYPOINT");

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void everyImageItBuildsOnIsPinned(String program) {
        List<String> images = Dockerfile.of(program)
                .all("ARG")
                .filter(argument -> argument.contains("_IMAGE="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .toList();
        assertThat(images).hasSize(2).allMatch(image -> image.matches("[a-z/-]+:[0-9].*[0-9].*"));
        assertThat(Dockerfile.of(program).all("FROM"))
                .allMatch(from -> from.matches("\\$\\{[A-Z]+_IMAGE}( AS [a-z]+)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void whatItCopiesIsThereAndNotIgnored(String program) throws Exception {
        List<String> allowed =
                Files.readAllLines(Java.root().resolve("images/" + program + "/Dockerfile.dockerignore"));
        List<String> sources = Dockerfile.of(program)
                .all("COPY")
                .filter(copy -> !copy.startsWith("--from"))
                .map(copy -> copy.split(" "))
                .flatMap(words -> Arrays.stream(words, 0, words.length - 1))
                .toList();
        assertThat(sources).isNotEmpty().allSatisfy(source -> {
            assertThat(allowed).contains("!" + source);
            // What the build makes is looked at by the tests that start it.
            assertThat(source.contains("/target/") || Files.exists(Java.root().resolve(source)))
                    .as(source)
                    .isTrue();
        });
        assertThat(allowed).contains("*").hasSize(sources.size() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void itRunsAsUser10001WithoutAShell(String program) {
        Dockerfile dockerfile = Dockerfile.of(program);
        assertThat(dockerfile.last("USER")).isEqualTo("10001:10001");
        assertThat(dockerfile.last("STOPSIGNAL")).isEqualTo("SIGTERM");
        assertThat(dockerfile.last("HEALTHCHECK")).isEqualTo("NONE");
        assertThat(dockerfile.entrypoint()).first().asString().isEqualTo(Container.HOME + "/jre/bin/java");
        assertThat(dockerfile.environment().get("PATH")).startsWith(Container.HOME + "/jre/bin:");
        assertThat(dockerfile.instructions())
                .extracting(Dockerfile.Instruction::name)
                .isSubsetOf(INSTRUCTIONS);
        // The one RUN is what the tests run, too.
        assertThat(dockerfile.all("RUN"))
                .containsExactly("[\"images/layers\", \"" + program + "\", \"" + Container.HOME + "\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void itSaysWhatItIs(String program) {
        String labels = Dockerfile.of(program).last("LABEL");
        assertThat(Stream.of("title", "description", "source", "version", "revision", "created", "licenses"))
                .allSatisfy(name ->
                        assertThat(labels).containsPattern("org\\.opencontainers\\.image\\." + name + "=\"[^\"]+\""));
        assertThat(labels).contains("title=\"Slotless " + program + "\"", "licenses=\"Apache-2.0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecar", "webhook"})
    void theBuildGivesEveryArgument(String program) throws Exception {
        String build = Files.readString(Java.root().resolve("images/build"));
        assertThat(Dockerfile.of(program).all("ARG").map(argument -> argument.replaceAll("=.*", "")))
                .allSatisfy(argument -> assertThat(build).contains("--build-arg \"" + argument + "="));
        assertThat(Path.of(Java.root().toString(), "images/build")).isExecutable();
    }
}
