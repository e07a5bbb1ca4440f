package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import org.jspecify.annotations.Nullable;

/** Decodes one RedisDestination at a time, so that a bad one spoils no list. */
public final class DestinationDecoder {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DestinationDecoder() {}

    static DestinationObject decode(JsonNode object) {
        try {
            return new DestinationObject.Decoded(read(object));
        } catch (JsonProcessingException e) {
            return new DestinationObject.Malformed(metadata(object), host(object), problem(e));
        }
    }

    /**
     * The RedisDestination that is written there, with as much of its metadata as a sidecar asks for: to let Jackson learn the
     * whole of ObjectMeta would take a good part of a start.
     *
     * @throws JsonProcessingException if its spec does not fit the model
     */
    public static RedisDestination read(JsonNode object) throws JsonProcessingException {
        RedisDestination destination = new RedisDestination();
        destination.setMetadata(metadata(object));
        JsonNode spec = object.path("spec");
        if (!spec.isMissingNode() && !spec.isNull()) {
            try {
                destination.setSpec(MAPPER.treeToValue(spec, RedisDestinationSpec.class));
            } catch (JsonMappingException e) {
                e.prependPath(destination, "spec");
                throw e;
            }
        }
        return destination;
    }

    private static ObjectMeta metadata(JsonNode object) {
        JsonNode written = object.path("metadata");
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(written.path("name").asText());
        metadata.setNamespace(written.path("namespace").asText());
        metadata.setUid(text(written.path("uid")));
        metadata.setCreationTimestamp(text(written.path("creationTimestamp")));
        metadata.setDeletionTimestamp(text(written.path("deletionTimestamp")));
        metadata.setGeneration(
                written.path("generation").isNumber()
                        ? written.path("generation").asLong()
                        : null);
        written.path("annotations").properties().forEach(annotation -> metadata.getAnnotations()
                .put(annotation.getKey(), annotation.getValue().asText()));
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
