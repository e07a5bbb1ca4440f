package io.slotless.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.util.List;

/** What the webhook did to a pod, as YAML for a reader. */
final class PodDiff {

    private static final int LONG = 60;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY =
            new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private PodDiff() {}

    static void print(JsonNode before, JsonNode after, Screen screen) {
        List<DiffRow> rows = DiffRowGenerator.create()
                .showInlineDiffs(false)
                .lineNormalizer(line -> line)
                .build()
                .generateDiffRows(lines(before), lines(after));
        for (DiffRow row : rows) {
            switch (row.getTag()) {
                case EQUAL -> screen.detail("  " + row.getOldLine());
                case INSERT -> screen.added("+ " + row.getNewLine());
                case DELETE -> screen.removed("- " + row.getOldLine());
                case CHANGE -> {
                    screen.removed("- " + row.getOldLine());
                    screen.added("+ " + row.getNewLine());
                }
            }
        }
    }

    private static List<String> lines(JsonNode pod) {
        try {
            return YAML.writeValueAsString(unfold(pod)).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text that holds much JSON is shown on several lines; JSON does not mind. */
    private static JsonNode unfold(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode unfolded = JSON.createObjectNode();
            object.properties().forEach(field -> unfolded.set(field.getKey(), unfold(field.getValue())));
            return unfolded;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode unfolded = JSON.createArrayNode();
            array.forEach(element -> unfolded.add(unfold(element)));
            return unfolded;
        }
        boolean json = node.isTextual()
                && node.textValue().startsWith("{")
                && node.textValue().length() > LONG;
        return json ? pretty(node.textValue()) : node;
    }

    private static TextNode pretty(String json) {
        try {
            return TextNode.valueOf(JSON.writer(PRETTY).writeValueAsString(JSON.readTree(json)));
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(json);
        }
    }
}
