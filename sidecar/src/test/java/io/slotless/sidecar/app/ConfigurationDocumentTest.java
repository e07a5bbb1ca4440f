package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.api.SlotlessNames;
import io.slotless.sidecar.proxy.ProxySettings;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of settings in the documentation is the configuration mapping: every key, every default, nothing else. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

    @Test
    void theDocumentHasEveryKeyItsVariableAndItsDefault() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        defaults()
                .forEach((key, value) -> expected.put(
                        key, "`" + UnknownKeys.variable(key) + "` | " + (value.isEmpty() ? "" : "`" + value + "`")));
        assertThat(documented()).isEqualTo(expected);
    }

    @Test
    void theFallbacksOfTheWiringAreTheSameDefaults() throws IOException {
        Properties wiring = new Properties();
        try (Reader file = Files.newBufferedReader(PROPERTIES)) {
            wiring.load(file);
        }
        Map<String, String> defaults = defaults();
        List<String> expressions = wiring.values().stream()
                .map(String::valueOf)
                .filter(value -> value.startsWith("${slotless."))
                .toList();
        assertThat(expressions).isNotEmpty().allSatisfy(expression -> {
            String[] keyAndDefault =
                    expression.substring(2, expression.length() - 1).split(":", 2);
            assertThat(defaults).containsEntry(keyAndDefault[0], keyAndDefault[1]);
        });
    }

    @Test
    void defaultsAreThoseOfTheParts() {
        SidecarConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SidecarConfig.class)
                .build()
                .getConfigMapping(SidecarConfig.class);
        assertThat(new ProxySettings(
                        config.eventLoops(),
                        config.limits().clients(),
                        config.limits().outstandingCommands(),
                        config.limits().bufferedReplyBytes(),
                        config.limits().transactionBytes(),
                        config.limits().privateConnections()))
                .isEqualTo(ProxySettings.DEFAULT);
        assertThat(config.secretsDirectory()).isEqualTo(Path.of(SlotlessNames.SECRETS_DIRECTORY));
        assertThat(config.management().port()).isEqualTo(SlotlessNames.MANAGEMENT_PORT);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        ConfigMappings.getProperties(ConfigClass.configClass(SidecarConfig.class))
                .forEach((key, property) ->
                        defaults.put(key, property.hasDefaultValue() ? property.getDefaultValue() : ""));
        defaults.keySet().retainAll(UnknownKeys.known());
        return defaults;
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
