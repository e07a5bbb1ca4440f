package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.v1alpha1.RedisDestination;
import org.jspecify.annotations.Nullable;

/** Decodes one RedisDestination at a time, so that a bad one spoils no list. */
final class DestinationDecoder {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DestinationDecoder() {}

    static DestinationObject decode(JsonNode object) {
        try {
            return new DestinationObject.Decoded(MAPPER.treeToValue(object, RedisDestination.class));
        } catch (JsonProcessingException e) {
            return new DestinationObject.Malformed(metadata(object), host(object), problem(e));
        }
    }

    /** As much as is needed to choose and to name it. */
    private static ObjectMeta metadata(JsonNode object) {
        JsonNode written = object.path("metadata");
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(written.path("name").asText());
        metadata.setNamespace(written.path("namespace").asText());
        metadata.setUid(text(written.path("uid")));
        metadata.setCreationTimestamp(text(written.path("creationTimestamp")));
        metadata.setDeletionTimestamp(text(written.path("deletionTimestamp")));
        metadata.setGeneration(written.path("generation").asLong());
        return metadata;
    }

    private static @Nullable String host(JsonNode object) {
        return text(object.path("spec").path("host"));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }

    /** Jackson's own message tells of Java types; a user knows fields. */
    private static String problem(JsonProcessingException failure) {
        if (!(failure instanceof JsonMappingException mismatch)
                || mismatch.getPath().isEmpty()) {
            return "it is not a RedisDestination: " + failure.getOriginalMessage();
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
