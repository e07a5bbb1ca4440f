package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code src/test/resources/chart} is a case: {@code in-values.yaml} gives {@code out-objects.yaml}. The
 * outputs are applied to a real API server elsewhere. {@code -Dgolden.regenerate=true} writes them anew: look at the diff.
 */
class ChartGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/chart");
    private static final boolean REGENERATE = Boolean.getBoolean("golden.regenerate");

    @TestFactory
    Stream<DynamicTest> everyFolder() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        String rendered = Chart.render(folder.resolve("in-values.yaml"));
        Path expected = folder.resolve("out-objects.yaml");
        if (REGENERATE) {
            Files.writeString(expected, rendered);
        }
        assertThat(rendered)
                .as(expected.toString())
                .isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("no unused file")
                    .containsExactlyInAnyOrder("in-values.yaml", "out-objects.yaml");
        }
    }
}
