package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files as {@code kubectl apply} does: several documents, lists, YAML or JSON. */
final class Manifests {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader YAML = new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class);

    private Manifests() {}

    /**
     * Reads all objects of a file; each has a kind, a name and a namespace ({@code default} if it names none).
     *
     * @throws IOException with a message for the user
     */
    static List<GenericKubernetesResource> read(Path file) throws IOException {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAML.readValues(Files.readString(file))) {
            while (documents.hasNextValue()) {
                collect(documents.nextValue(), objects);
            }
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage() + place(e), e);
        }
        return objects;
    }

    private static void collect(JsonNode document, List<GenericKubernetesResource> objects) throws IOException {
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
        GenericKubernetesResource object = MAPPER.treeToValue(document, GenericKubernetesResource.class);
        if (object.getMetadata().getNamespace() == null) {
            object.getMetadata().setNamespace("default");
        }
        objects.add(object);
    }

    private static String place(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ")";
    }
}
