package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which object, and how old: as much of an object's {@code metadata} as the programs need, in the order of kubectl.
 *
 * @param namespace empty where a file does not say it
 * @param name empty where a file does not say it
 * @param uid null where it comes from a file
 * @param creationTimestamp as Kubernetes writes it, RFC 3339; null where it comes from a file
 * @param deletionTimestamp the same; null unless the object is about to go
 * @param generation null where it comes from a file
 * @param annotations may hold secrets: kubectl keeps a copy of the whole object there
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder(alphabetic = true)
public record ObjectMetadata(
        String namespace,
        String name,
        @Nullable String uid,
        @Nullable String creationTimestamp,
        @Nullable String deletionTimestamp,
        @Nullable Long generation,
        @JsonSetter(contentNulls = Nulls.SKIP) Map<String, String> annotations) {

    public ObjectMetadata {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** Without the annotations. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
