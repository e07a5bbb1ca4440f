package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** The texts of a pod's containers that may name hosts. */
final class EnvValues {

    /** A variable with a {@code value}, not a {@code valueFrom}. */
    record Literal(String name, String value) {}

    private EnvValues() {}

    /** The literal variables of all containers, init containers first. */
    static List<Literal> of(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> Pod.elements(container.path("env")).stream())
                .filter(entry -> entry.path("value").isTextual())
                .map(entry -> new Literal(
                        entry.path("name").asText(), entry.path("value").textValue()))
                .toList();
    }

    /**
     * Rewrites the literal variables of all containers.
     *
     * @param spec of a pod: a copy, whose fields may be set
     * @param rewrite from name and value to another value, or the same
     */
    static void rewrite(ObjectNode spec, BinaryOperator<String> rewrite) {
        for (String containers : List.of("initContainers", "containers")) {
            if (spec.has(containers)) {
                spec.set(
                        containers,
                        CopyOnWrite.each(
                                spec.path(containers),
                                container -> CopyOnWrite.with(
                                        container,
                                        "env",
                                        env -> CopyOnWrite.each(env, entry -> rewrite(entry, rewrite)))));
            }
        }
    }

    private static JsonNode rewrite(JsonNode entry, BinaryOperator<String> rewrite) {
        return CopyOnWrite.with(entry, "value", value -> {
            String before = value.textValue();
            String now =
                    before == null ? null : rewrite.apply(entry.path("name").asText(), before);
            return Objects.equals(now, before) ? value : TextNode.valueOf(now);
        });
    }

    /** Commands and arguments of all containers. */
    static Stream<String> commandLines(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> Stream.of(container.path("command"), container.path("args")))
                .flatMap(words -> Pod.elements(words).stream())
                .map(JsonNode::asText);
    }
}
