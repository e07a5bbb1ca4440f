package io.slotless.sidecar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts to trees. */
public final class JsonDocuments {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonDocuments() {}

    /**
     * The one document of a JSON text.
     *
     * @throws IOException with a message for the user
     */
    public static JsonValue json(String text) throws IOException {
        List<JsonValue> documents = all(JSON, text);
        return documents.isEmpty() ? new JsonValue("", null) : documents.get(0);
    }

    /**
     * All documents of a YAML text, JSON included.
     *
     * @throws IOException with a message for the user, and the line
     */
    public static List<JsonValue> yaml(String text) throws IOException {
        return all(Yaml.FACTORY, text);
    }

    private static List<JsonValue> all(JsonFactory factory, String text) throws IOException {
        List<JsonValue> documents = new ArrayList<>();
        try (JsonParser parser = factory.createParser(text)) {
            while (parser.nextToken() != null) {
                documents.add(new JsonValue("", value(parser)));
            }
            return documents;
        } catch (StreamReadException e) {
            throw new IOException(e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(StreamReadException failure) {
        return failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ")";
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /** Only a sidecar that serves a folder reads YAML. */
    private static final class Yaml {
        static final JsonFactory FACTORY = new YAMLFactory();
    }
}
