package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** The texts of a pod's containers that may name hosts. */
final class EnvValues {

    /**
     * A variable with a {@code value}, not a {@code valueFrom}.
     *
     * @param entry its place in the pod's tree
     */
    record Literal(String name, String value, JsonNode entry) {}

    private EnvValues() {}

    /** The literal variables of all containers, init containers first. */
    static List<Literal> of(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> Pod.elements(container.path("env")).stream())
                .filter(entry -> entry.path("value").isTextual())
                .map(entry -> new Literal(
                        entry.path("name").asText(), entry.path("value").textValue(), entry))
                .toList();
    }

    /** Commands and arguments of all containers. */
    static Stream<String> commandLines(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> Stream.of(container.path("command"), container.path("args")))
                .flatMap(words -> Pod.elements(words).stream())
                .map(JsonNode::asText);
    }
}
