package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.json.JsonDocuments;
import io.slotless.sidecar.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files as {@code kubectl apply} does: several documents, lists, YAML or JSON. */
final class Manifests {

    private Manifests() {}

    /**
     * Reads all objects of a file; each has a kind, a name and a namespace ({@code default} if it names none).
     *
     * @throws IOException with a message for the user
     */
    static List<JsonValue> read(Path file) throws IOException {
        List<JsonValue> objects = new ArrayList<>();
        for (JsonValue document : JsonDocuments.yaml(Files.readString(file))) {
            collect(document, objects);
        }
        return objects;
    }

    private static void collect(JsonValue document, List<JsonValue> objects) throws IOException {
        if (document.isMissing()) {
            return;
        }
        String kind = document.at("kind").asText();
        if (kind.endsWith("List") && document.at("items").isArray()) {
            for (JsonValue item : document.at("items").items()) {
                collect(item, objects);
            }
            return;
        }
        JsonValue metadata = document.at("metadata");
        if (kind.isEmpty() || !metadata.at("name").isText()) {
            throw new IOException("it holds something without a kind or without a metadata.name");
        }
        objects.add(document.with("metadata", metadata.withDefault("namespace", "default")));
    }
}
