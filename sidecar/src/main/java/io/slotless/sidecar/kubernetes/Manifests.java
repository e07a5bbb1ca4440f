package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files as {@code kubectl apply} does: several documents, lists, YAML or JSON. */
final class Manifests {

    private static final ObjectReader YAML = new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class);

    private Manifests() {}

    /**
     * Reads all objects of a file; each has a kind, a name and a namespace ({@code default} if it names none).
     *
     * @throws IOException with a message for the user
     */
    static List<ObjectNode> read(Path file) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAML.readValues(Files.readString(file))) {
            while (documents.hasNextValue()) {
                collect(documents.nextValue(), objects);
            }
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage() + place(e), e);
        }
        return objects;
    }

    private static void collect(JsonNode document, List<ObjectNode> objects) throws IOException {
        if (document.isNull() || document.isMissingNode()) {
            return;
        }
        String kind = document.path("kind").asText();
        if (kind.endsWith("List") && document.path("items").isArray()) {
            for (JsonNode item : document.path("items")) {
                collect(item, objects);
            }
            return;
        }
        if (kind.isEmpty() || !document.path("metadata").path("name").isTextual()) {
            throw new IOException("it holds something without a kind or without a metadata.name");
        }
        ObjectNode object = (ObjectNode) document;
        if (!object.path("metadata").path("namespace").isTextual()) {
            ((ObjectNode) object.path("metadata")).put("namespace", "default");
        }
        objects.add(object);
    }

    private static String place(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ")";
    }
}
