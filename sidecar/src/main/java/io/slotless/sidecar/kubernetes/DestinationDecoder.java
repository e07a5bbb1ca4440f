package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.slotless.api.v1alpha1.RedisDestination;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes one RedisDestination at a time, so that a bad one spoils no list. */
final class DestinationDecoder {

    private final KubernetesSerialization serialization;

    DestinationDecoder(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    DestinationObject decode(GenericKubernetesResource resource) {
        try {
            return new DestinationObject.Decoded(serialization.convertValue(resource, RedisDestination.class));
        } catch (IllegalArgumentException e) {
            return new DestinationObject.Malformed(resource.getMetadata(), host(resource), problem(e));
        }
    }

    private static @Nullable String host(GenericKubernetesResource resource) {
        return resource.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                        && spec.get("host") instanceof String host
                ? host
                : null;
    }

    /** Jackson's own message tells of Java types; a user knows fields. */
    private static String problem(IllegalArgumentException failure) {
        if (!(failure.getCause() instanceof JsonMappingException mismatch)) {
            return "it is not a RedisDestination: " + failure.getMessage();
        }
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference step : mismatch.getPath()) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field + " has a value of a wrong type";
    }
}
