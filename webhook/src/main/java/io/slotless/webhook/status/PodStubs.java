package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.slotless.webhook.pod.UntypedPods;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a watch remembers of pods: just enough to know them again. A whole pod takes kilobytes, and there may be many. */
final class PodStubs implements ItemStore<GenericKubernetesResource> {

    private final Map<String, GenericKubernetesResource> stubs = new ConcurrentHashMap<>();

    @Override
    public String getKey(GenericKubernetesResource pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource pod) {
        ObjectMeta metadata = pod.getMetadata();
        GenericKubernetesResource stub = UntypedPods.stub(metadata.getNamespace(), metadata.getName());
        stub.getMetadata().setUid(metadata.getUid());
        stub.getMetadata().setResourceVersion(metadata.getResourceVersion());
        return stubs.put(key, stub);
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        return stubs.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return stubs.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return stubs.values().stream();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
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
