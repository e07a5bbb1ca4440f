package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A RedisDestination as it was when it was read, without what only clients of an API server care for. In JSON it is one.
 *
 * <p>What an API server with our schema never lets through can still be in it: ask {@link Validation} before use.
 *
 * @param metadata which one it is
 * @param spec what its user says; null where that is nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec"})
public record DestinationSnapshot(
        ObjectMetadata metadata, @Nullable RedisDestinationSpec spec) {

    /** Always {@value ApiNames#API_VERSION}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String apiVersion() {
        return ApiNames.API_VERSION;
    }

    /** Always {@value ApiNames#REDIS_DESTINATION}. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String kind() {
        return ApiNames.REDIS_DESTINATION;
    }

    /**
     * A copy fit for an annotation or a pod's environment, which more people can read than the object itself: the plain
     * password is withheld (the key is left out; the watch brings it), and so are the annotations.
     */
    public DestinationSnapshot withoutSecrets() {
        return new DestinationSnapshot(
                new ObjectMetadata(
                        metadata.namespace(),
                        metadata.name(),
                        metadata.uid(),
                        metadata.creationTimestamp(),
                        metadata.deletionTimestamp(),
                        metadata.generation(),
                        Map.of()),
                RedisDestinations.withoutSecrets(spec));
    }
}
