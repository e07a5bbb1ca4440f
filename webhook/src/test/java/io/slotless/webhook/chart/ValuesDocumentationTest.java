package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.chart.ValuesFile.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The comments of values.yaml are the chart's documentation: they are the table of its README and the descriptions of its
 * schema. {@code -Dgolden.regenerate=true} writes both anew.
 */
class ValuesDocumentationTest {

    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final Path SCHEMA = Chart.FOLDER.resolve("values.schema.json");
    private static final boolean REGENERATE = Boolean.getBoolean("golden.regenerate");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "<!-- from values.yaml -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void everyValueHasAComment() throws IOException {
        assertThat(ValuesFile.read())
                .allSatisfy(
                        value -> assertThat(value.comment()).as(value.path()).isNotEmpty());
    }

    @Test
    void readmeHasTheValues() throws IOException {
        String written = Files.readString(README);
        String generated = written.substring(0, written.indexOf(BEGIN) + BEGIN.length())
                + table(ValuesFile.read())
                + written.substring(written.indexOf(END));

        expect(README, generated);
    }

    @Test
    void schemaDescribesEveryValueInTheSameWords() throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(SCHEMA));
        for (Value value : ValuesFile.read()) {
            JsonNode property = property(schema, value.path());
            assertThat(property.isObject())
                    .as("%s is in the schema", value.path())
                    .isTrue();
            ObjectNode described = (ObjectNode) property;
            described.put("description", value.comment());
        }

        expect(SCHEMA, JSON.writer(asWritten()).writeValueAsString(schema) + "\n");
    }

    /** What a user may set and nobody has told of. */
    @Test
    void schemaHasNoValueThatTheFileHasNot() throws IOException {
        List<String> paths = new ArrayList<>();
        collect(JSON.readTree(Files.readString(SCHEMA)), "", paths);

        List<String> leaves = ValuesFile.read().stream().map(Value::path).toList();
        assertThat(paths)
                .filteredOn(path -> !leaves.contains(path) && !isWithinALeaf(path, leaves))
                .as("\"global\" is Helm's")
                .containsExactly("global");
    }

    private static boolean isWithinALeaf(String path, List<String> values) {
        return values.stream()
                .anyMatch(value -> path.startsWith(value + ".")
                        && values.stream().noneMatch(other -> other.startsWith(value + ".")));
    }

    private static void collect(JsonNode schema, String prefix, List<String> paths) {
        schema.path("properties").properties().forEach(property -> {
            paths.add(prefix + property.getKey());
            collect(property.getValue(), prefix + property.getKey() + ".", paths);
        });
    }

    private static JsonNode property(JsonNode schema, String path) {
        JsonNode at = schema;
        for (String key : path.split("\\.")) {
            at = at.path("properties").path(key);
        }
        return at;
    }

    private static String table(List<Value> values) {
        StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
        for (Value value : values) {
            table.append("| `%s` | %s | %s |%n"
                    .formatted(
                            value.path(),
                            value.value().map(text -> "`" + text + "`").orElse(""),
                            value.comment().replace("|", "\\|").replace("<", "&lt;")));
        }
        return table.toString();
    }

    private static DefaultPrettyPrinter asWritten() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }

    private static void expect(Path file, String text) throws IOException {
        if (REGENERATE) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("%s; write it anew with -Dgolden.regenerate=true", file)
                .isEqualTo(text);
    }
}
