package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a watch remembers of pods: just enough to know them again. A whole pod takes kilobytes, and there may be many. */
final class PodStubs implements ItemStore<Pod> {

    private final Map<String, Pod> stubs = new ConcurrentHashMap<>();

    @Override
    public String getKey(Pod pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        return stubs.put(
                key,
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .withResourceVersion(pod.getMetadata().getResourceVersion())
                        .endMetadata()
                        .build());
    }

    @Override
    public @Nullable Pod remove(String key) {
        return stubs.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return stubs.keySet().stream();
    }

    @Override
    public Stream<Pod> values() {
        return stubs.values().stream();
    }

    @Override
    public @Nullable Pod get(String key) {
        return stubs.get(key);
    }

    @Override
    public int size() {
        return stubs.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
