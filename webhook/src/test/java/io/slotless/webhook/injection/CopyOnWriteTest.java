package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyOnWriteTest {

    private static final String POD = """
            {"metadata": {"labels": {"app": "shop"}, "name": "shop"},
             "spec": {"containers": [{"name": "a"}, {"name": "b"}], "volumes": null}}""";

    private final JsonNode pod = json(POD);

    @AfterEach
    void theOriginalStaysAsItWas() {
        assertThat(pod).isEqualTo(json(POD));
    }

    @Test
    void onlyWhatLeadsToAChangeIsCopied() {
        ObjectNode copy = CopyOnWrite.copy(pod);
        ObjectNode metadata = CopyOnWrite.objectIn(copy, "metadata");
        CopyOnWrite.objectIn(metadata, "labels").put("slotless", "yes");

        assertThat(copy.at("/metadata/labels")).isEqualTo(json("""
                {"app": "shop", "slotless": "yes"}"""));
        assertThat(copy.at("/metadata/name")).isSameAs(pod.at("/metadata/name"));
        assertThat(copy.path("spec")).isSameAs(pod.path("spec"));
    }

    @Test
    void anArrayIsCopiedAndItsElementsAreShared() {
        ObjectNode spec = CopyOnWrite.objectIn(CopyOnWrite.copy(pod), "spec");
        CopyOnWrite.arrayIn(spec, "containers").insertObject(0).put("name", "sidecar");

        assertThat(spec.path("containers")).hasSize(3);
        assertThat(spec.at("/containers/1")).isSameAs(pod.at("/spec/containers/0"));
    }

    @Test
    void whatIsMissingOrNullIsMade() {
        ObjectNode copy = CopyOnWrite.copy(pod);
        ObjectNode spec = CopyOnWrite.objectIn(copy, "spec");
        CopyOnWrite.arrayIn(spec, "volumes").add("token");
        CopyOnWrite.objectIn(copy, "status").put("phase", "Pending");

        assertThat(copy.at("/spec/volumes")).isEqualTo(json("""
                ["token"]"""));
        assertThat(copy.path("status")).isEqualTo(json("""
                {"phase": "Pending"}"""));
    }

    @Test
    void whereNothingChangesItIsTheSame() {
        assertThat(CopyOnWrite.each(pod.at("/spec/containers"), container -> container))
                .isSameAs(pod.at("/spec/containers"));
        assertThat(CopyOnWrite.with(pod, "spec", spec -> spec)).isSameAs(pod);
        assertThat(CopyOnWrite.with(pod, "status", status -> status)).isSameAs(pod);
    }

    @Test
    void anElementThatChangesLeavesItsNeighboursShared() {
        JsonNode containers = CopyOnWrite.each(
                pod.at("/spec/containers"),
                container -> container.path("name").asText().equals("b")
                        ? CopyOnWrite.with(container, "name", name -> TextNode.valueOf("c"))
                        : container);

        assertThat(containers).isEqualTo(json("""
                [{"name": "a"}, {"name": "c"}]"""));
        assertThat(containers.path(0)).isSameAs(pod.at("/spec/containers/0"));
    }

    @Test
    void whatIsNoArrayIsLeftAlone() {
        JsonNode missing = pod.at("/spec/initContainers");
        assertThat(CopyOnWrite.each(missing, element -> TextNode.valueOf("other")))
                .isSameAs(missing);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
