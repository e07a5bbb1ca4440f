package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of settings in the documentation is what the program asks for: every key, every default, nothing else. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @Test
    void theDocumentHasEveryKeyItsVariableAndItsDefault() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        defaults()
                .forEach((key, value) -> expected.put(
                        key, "`" + Settings.variable(key) + "` | " + (value.isEmpty() ? "" : "`" + value + "`")));
        assertThat(documented()).isEqualTo(expected);
    }

    private static Map<String, String> defaults() {
        Settings settings = new Settings(Map.of(), Map.of());
        SidecarConfig.read(settings);
        return settings.known();
    }

    /** Key to "variable | default" of each row of a table whose first cell is one of our keys. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (cells.size() == 6 && cells.get(1).startsWith("`slotless.")) {
                rows.put(cells.get(1).replace("`", ""), cells.get(2) + " | " + cells.get(3));
                assertThat(cells.get(4)).as(line).isNotEmpty();
            }
        }
        return rows;
    }
}
