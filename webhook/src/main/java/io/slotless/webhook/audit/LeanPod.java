package io.slotless.webhook.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.slotless.webhook.injection.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A pod as bytes, without what makes pods big and no decision looks at.
 *
 * @param namespace the pod's
 * @param json the rest of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody else has the array.
record LeanPod(String namespace, byte[] json) {

    private static final List<String> OF_METADATA = List.of("managedFields", "selfLink");
    private static final List<String> OF_SPEC =
            List.of("volumes", "affinity", "tolerations", "topologySpreadConstraints", "securityContext");
    private static final List<String> OF_CONTAINER = List.of(
            "volumeMounts",
            "resources",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle",
            "securityContext",
            "terminationMessagePath",
            "terminationMessagePolicy");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    static LeanPod of(GenericKubernetesResource pod, ObjectMapper mapper) {
        ObjectNode tree = mapper.valueToTree(pod);
        try {
            return new LeanPod(pod.getMetadata().getNamespace(), mapper.writeValueAsBytes(slimmed(tree)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As decisions read it. */
    Pod read(ObjectMapper mapper) {
        try {
            return new Pod(mapper.readTree(json), namespace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode slimmed(ObjectNode pod) {
        pod.remove("status");
        remove(pod.path("metadata"), OF_METADATA);
        remove(pod.at("/metadata/annotations"), List.of(LAST_APPLIED));
        remove(pod.path("spec"), OF_SPEC);
        for (String kind : List.of("initContainers", "containers", "ephemeralContainers")) {
            pod.path("spec").path(kind).forEach(container -> remove(container, OF_CONTAINER));
        }
        return pod;
    }

    private static void remove(JsonNode object, List<String> fields) {
        if (object instanceof ObjectNode node) {
            node.remove(fields);
        }
    }
}
