package io.slotless.benchmark.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The benchmark is run for a moment, so that it still can be when somebody needs it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "measures with /proc")
class DataPathBenchmarkIT {

    private static final Path FOLDER = Java.root().resolve("integration-tests/target/benchmark");

    @Test
    void measuresRedisAndTheSidecarInBothModes() throws IOException {
        Path raw = FOLDER.resolve("data-path.json");
        Files.deleteIfExists(raw);

        int status = DataPathBenchmark.run(
                "--quick", "--cells", "^GET c=50 P=16 64 B$", "--rounds=1", "--seconds=0.5", "--warm-up=0.2");

        assertThat(status).isZero();
        JsonNode measurements = new ObjectMapper().readTree(raw.toFile());
        assertThat(measurements.findValuesAsText("product")).containsExactly("Redis", "Slotless", "Slotless");
        assertThat(measurements.findValuesAsText("mode")).containsExactly("DIRECT", "PROXY", "CLUSTER");
        assertThat(measurements.findValues("result"))
                .allMatch(result -> result.path("commands").asLong() > 0)
                .allMatch(result -> result.path("cpuSeconds").asDouble() > 0)
                .allMatch(result -> result.path("p50").asDouble() > 0);
        assertThat(Files.readString(FOLDER.resolve("data-path.md")))
                .contains("| GET c=50 P=16 64 B | Slotless CLUSTER |");
    }

    @Test
    void nothingToMeasureIsAMistake() {
        assertThat(DataPathBenchmark.run("--cells", "no such cell")).isEqualTo(2);
    }
}
