package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.sidecar.json.JsonValue;
import io.slotless.sidecar.json.WrongTypeException;
import java.util.HashMap;
import java.util.Map;

/** Decodes one RedisDestination at a time, so that a bad one spoils no list. */
public final class DestinationDecoder {

    private DestinationDecoder() {}

    /** @param written in whatever document; problems are told by their place in the object */
    static DestinationObject decode(JsonValue written) {
        JsonValue object = written.asDocument();
        try {
            return new DestinationObject.Decoded(read(object));
        } catch (WrongTypeException e) {
            return new DestinationObject.Malformed(
                    metadata(object), object.at("spec").at("host").asTextOrNull(), e.problem());
        }
    }

    /**
     * The RedisDestination that is written there.
     *
     * @throws WrongTypeException if its spec does not fit the model
     */
    public static DestinationSnapshot read(JsonValue object) {
        return new DestinationSnapshot(metadata(object), object.at("spec").demandObject(SpecReader::spec));
    }

    private static ObjectMetadata metadata(JsonValue object) {
        JsonValue written = object.at("metadata");
        Map<String, String> annotations = new HashMap<>();
        written.at("annotations").fields().forEach((name, value) -> annotations.put(name, value.asText()));
        return new ObjectMetadata(
                written.at("namespace").asText(),
                written.at("name").asText(),
                written.at("uid").asTextOrNull(),
                written.at("creationTimestamp").asTextOrNull(),
                written.at("deletionTimestamp").asTextOrNull(),
                written.at("generation").asLongOrNull(),
                annotations);
    }
}
