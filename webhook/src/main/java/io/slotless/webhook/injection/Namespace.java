package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.SlotlessNames;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Namespace, as far as it says something about its pods.
 *
 * @param injection the value of its label {@value SlotlessNames#INJECTION}
 * @param annotations those that are ours
 * @param injectionSince no later than this the label was set, as far as its managedFields tell; a time as Kubernetes writes it
 */
public record Namespace(
        @Nullable String injection,
        Map<String, String> annotations,
        @Nullable String injectionSince) {

    /** What matters of the object. */
    public static Namespace of(io.fabric8.kubernetes.api.model.Namespace object) {
        ObjectMeta metadata = object.getMetadata();
        return new Namespace(
                metadata.getLabels().get(SlotlessNames.INJECTION), ours(metadata.getAnnotations()), since(metadata));
    }

    /** In their order, which is that of warnings. */
    private static Map<String, String> ours(Map<String, String> annotations) {
        Map<String, String> ours = new LinkedHashMap<>(annotations);
        ours.keySet().removeIf(key -> !key.startsWith(SlotlessNames.PREFIX));
        return ours.isEmpty() ? Map.of() : Collections.unmodifiableMap(ours);
    }

    private static @Nullable String since(ObjectMeta metadata) {
        return metadata.getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1() != null
                        && String.valueOf(entry.getFieldsV1().getAdditionalProperties())
                                .contains("f:" + SlotlessNames.INJECTION))
                .map(ManagedFieldsEntry::getTime)
                .flatMap(time -> Optional.ofNullable(time).stream())
                // Kubernetes writes times in one form only, whose order is that of the text (Time in meta/v1).
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
