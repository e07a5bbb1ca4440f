package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a pod's JSON tree, which may hold fields that no model of ours knows.
 *
 * @param tree the pod; never changed
 * @param namespace the namespace it is created in: the pod of a controller need not say so itself
 */
public record Pod(JsonNode tree, String namespace) {

    /** For logs: a pod made by a controller has no name yet. */
    public String name() {
        String name = metadata().path("name").asText("");
        return name.isEmpty() ? metadata().path("generateName").asText("") + "*" : name;
    }

    /** Whether it has a container that is called as our sidecar is. */
    public boolean hasSidecar() {
        return containers().stream()
                .anyMatch(container -> container.path("name").asText().equals(SlotlessNames.SIDECAR_CONTAINER));
    }

    public Optional<String> label(String key) {
        return text(metadata().path("labels").path(key));
    }

    public Optional<String> annotation(String key) {
        return text(metadata().path("annotations").path(key));
    }

    Map<String, String> labels() {
        return texts(metadata().path("labels"));
    }

    Map<String, String> annotations() {
        return texts(metadata().path("annotations"));
    }

    JsonNode spec() {
        return tree.path("spec");
    }

    List<JsonNode> initContainers() {
        return elements(spec().path("initContainers"));
    }

    /** Init containers, then app containers. */
    List<JsonNode> containers() {
        List<JsonNode> all = new ArrayList<>(initContainers());
        all.addAll(elements(spec().path("containers")));
        return all;
    }

    private JsonNode metadata() {
        return tree.path("metadata");
    }

    static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.elements().forEachRemaining(elements::add);
        return elements;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
