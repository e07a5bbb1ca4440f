package io.slotless.webhook.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects without what nobody here asks for: who has set which field (managedFields) and what kubectl noted of itself are
 * the larger part of most objects. Labels and the rest of the annotations go as well.
 */
final class LeanItems<T extends HasMetadata> extends BasicItemStore<T> {

    LeanItems() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public @Nullable T put(String key, T object) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setManagedFields(List.of());
        metadata.setAnnotations(Map.of());
        metadata.setLabels(Map.of());
        return super.put(key, object);
    }
}
