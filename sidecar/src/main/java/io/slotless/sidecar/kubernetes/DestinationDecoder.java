package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import java.util.HashMap;
import java.util.Map;
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
     * The RedisDestination that is written there.
     *
     * @throws JsonProcessingException if its spec does not fit the model
     */
    public static DestinationSnapshot read(JsonNode object) throws JsonProcessingException {
        return new DestinationSnapshot(metadata(object), spec(object.path("spec")));
    }

    private static @Nullable RedisDestinationSpec spec(JsonNode written) throws JsonProcessingException {
        if (written.isMissingNode() || written.isNull()) {
            return null;
        }
        try {
            return MAPPER.treeToValue(written, RedisDestinationSpec.class);
        } catch (JsonMappingException e) {
            e.prependPath(DestinationSnapshot.class, "spec");
            throw e;
        }
    }

    /** Field by field, for the sake of the start: once and for all of them Jackson would have to learn what a record is. */
    private static ObjectMetadata metadata(JsonNode object) {
        JsonNode written = object.path("metadata");
        JsonNode generation = written.path("generation");
        Map<String, String> annotations = new HashMap<>();
        written.path("annotations")
                .properties()
                .forEach(annotation -> annotations.put(
                        annotation.getKey(), annotation.getValue().asText()));
        return new ObjectMetadata(
                written.path("namespace").asText(),
                written.path("name").asText(),
                text(written.path("uid")),
                text(written.path("creationTimestamp")),
                text(written.path("deletionTimestamp")),
                generation.isNumber() ? generation.asLong() : null,
                annotations);
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
