package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files that api's ValidationTest holds against our own checks, held against the real server: it says of a wrong
 * object what the comments at the start of its file say.
 */
class ValidationKubeIT {

    private static final Path FILES = Java.root().resolve("crd/src/test/resources");

    /** Rules are not run on an object that has a value of a wrong type, size or enumeration. */
    private static final String NOT_CHECKED = "some validation rules were not checked";

    private static final KubeStage STAGE = KubeStage.shared();

    @BeforeAll
    static void namespaceOfTheFiles() {
        STAGE.ensureNamespace("redis");
    }

    static List<Path> valid() throws IOException {
        return Stream.concat(files("validation", "valid-"), files("aeraki", "")).toList();
    }

    static List<Path> invalid() throws IOException {
        return files("validation", "invalid-").toList();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validObjectIsAccepted(Path file) {
        List<GenericKubernetesResource> objects = KubeStage.objects(file);
        assertThat(objects).isNotEmpty();
        for (GenericKubernetesResource object : objects) {
            GenericKubernetesResource created =
                    STAGE.client().resource(object).dryRun(true).create();
            assertThat(created.getMetadata().getUid()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidObjectIsRefusedAndItsAuthorIsToldWhatToDo(Path file) throws IOException {
        List<String> told = Files.readAllLines(file).stream()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .toList();
        assertThat(told).isNotEmpty();
        GenericKubernetesResource object = KubeStage.objects(file).get(0);

        KubernetesClientException refusal = catchThrowableOfType(
                KubernetesClientException.class,
                () -> STAGE.client().resource(object).dryRun(true).create());

        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.getCode()).isEqualTo(422);
        List<StatusCause> causes = refusal.getStatus().getDetails().getCauses();
        List<String> heard = causes.stream()
                .filter(cause -> !cause.getMessage().contains(NOT_CHECKED))
                .map(ValidationKubeIT::told)
                .toList();
        if (heard.size() == causes.size()) {
            assertThat(heard).containsExactlyInAnyOrderElementsOf(told);
        } else {
            // An unknown value or a length; the rest is said to who has mended it.
            assertThat(heard).isNotEmpty().isSubsetOf(told);
        }
    }

    /** The field and the message, without what the server puts between them. */
    private static String told(StatusCause cause) {
        String message = cause.getMessage()
                .replaceFirst("^Invalid value: ", "")
                .replaceFirst("^Unsupported value: \"[^\"]*\": ", "")
                .replaceFirst("^Too long: may not be more than (\\d+) bytes$", "must have at most $1 characters");
        return cause.getField() + ": " + message;
    }

    private static Stream<Path> files(String folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        }
    }
}
