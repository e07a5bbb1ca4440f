package io.slotless.webhook.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.OptIn;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.pod.UntypedPods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pods of the cluster as an informer fills them in: of most no more than name and uid. Where the informer stores an object,
 * this takes what matters from it and lets it go, so that no more than one page of whole pods is in memory at a time.
 */
final class LivePods implements ItemStore<GenericKubernetesResource> {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    /** Older ones were told about by the leader before, and events last an hour only. */
    private static final Duration NEWS = Duration.ofMinutes(10);

    private final Map<String, AuditedPod> pods = new ConcurrentHashMap<>();
    private final Set<String> excludedNamespaces;
    private final Catalogue catalogue;
    private final Consumer<Pod> injected;
    private final ObjectMapper mapper;
    private final Clock clock;

    /** @param injected hears of each new pod that has the sidecar */
    LivePods(
            Set<String> excludedNamespaces,
            Catalogue catalogue,
            Consumer<Pod> injected,
            ObjectMapper mapper,
            Clock clock) {
        this.excludedNamespaces = Set.copyOf(excludedNamespaces);
        this.catalogue = catalogue;
        this.injected = injected;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Changes what is kept of each pod that is there to be judged; null leaves it as it is. */
    void judge(BiFunction<String, AuditedPod, @Nullable AuditedPod> change) {
        pods.keySet()
                .forEach(key -> pods.computeIfPresent(key, (same, pod) -> {
                    AuditedPod changed = pod.lean() == null ? null : change.apply(key, pod);
                    return changed == null ? pod : changed;
                }));
    }

    Stream<AuditedPod> all() {
        return pods.values().stream();
    }

    /** A pod that may have to be judged now, as its namespace has changed; ignored unless it is still there. */
    void look(GenericKubernetesResource pod) {
        pods.computeIfPresent(
                getKey(pod),
                (key, known) -> known.is(pod.getMetadata().getUid()) && known.lean() == null && !isInjected(pod)
                        ? fresh(pod)
                        : known);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource pod) {
        String uid = pod.getMetadata().getUid();
        // Another uid is another pod, of a StatefulSet for example.
        pods.compute(key, (same, known) -> next(known != null && known.is(uid) ? known : null, pod));
        return null;
    }

    private @Nullable AuditedPod next(@Nullable AuditedPod known, GenericKubernetesResource pod) {
        ObjectMeta metadata = pod.getMetadata();
        if (FINISHED.contains(String.valueOf(pod.<Object>get("status", "phase")))
                || excludedNamespaces.contains(metadata.getNamespace())) {
            return null;
        }
        if (known != null && known.signature() == signature(metadata)) {
            return known;
        }
        if (isInjected(pod)) {
            if (known == null && isNews(metadata)) {
                injected.accept(LeanPod.of(pod, mapper).read(mapper));
            }
            return AuditedPod.unjudged(metadata.getUid(), signature(metadata), null, clock.instant());
        }
        return known == null ? fresh(pod) : known.changed(fresh(pod));
    }

    private AuditedPod fresh(GenericKubernetesResource pod) {
        ObjectMeta metadata = pod.getMetadata();
        LeanPod lean = mayAsk(metadata) ? LeanPod.of(pod, mapper) : null;
        return AuditedPod.unjudged(metadata.getUid(), signature(metadata), lean, clock.instant());
    }

    /** A namespace that is not known yet may ask. */
    private boolean mayAsk(ObjectMeta metadata) {
        var namespace = catalogue.namespace(metadata.getNamespace());
        var pod = new Pod(
                mapper.createObjectNode().set("metadata", mapper.valueToTree(metadata)), metadata.getNamespace());
        return namespace.isEmpty() || OptIn.of(pod, namespace).asks();
    }

    private boolean isNews(ObjectMeta metadata) {
        return Instant.parse(metadata.getCreationTimestamp())
                .isAfter(clock.instant().minus(NEWS));
    }

    private static boolean isInjected(GenericKubernetesResource pod) {
        return pod.getMetadata().getAnnotations().containsKey(SlotlessNames.STATUS)
                && Stream.of("initContainers", "containers")
                        .flatMap(kind -> containers(pod.get("spec", kind)))
                        .anyMatch(SlotlessNames.SIDECAR_CONTAINER::equals);
    }

    /** Their names. */
    private static Stream<Object> containers(@Nullable Object containers) {
        return containers instanceof List<?> list
                ? list.stream().map(container -> container instanceof Map<?, ?> fields ? fields.get("name") : null)
                : Stream.empty();
    }

    private static int signature(ObjectMeta metadata) {
        return 31 * metadata.getLabels().hashCode() + metadata.getAnnotations().hashCode();
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        pods.remove(key);
        return null;
    }

    @Override
    public String getKey(GenericKubernetesResource pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public Stream<String> keySet() {
        return pods.keySet().stream();
    }

    /** Just enough for the informer to remove those that are gone after a new list. */
    @Override
    public Stream<GenericKubernetesResource> values() {
        return keySet().map(LivePods::nameOnly);
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return pods.containsKey(key) ? nameOnly(key) : null;
    }

    private static GenericKubernetesResource nameOnly(String key) {
        int slash = key.indexOf('/');
        return UntypedPods.stub(key.substring(0, slash), key.substring(slash + 1));
    }

    @Override
    public int size() {
        return pods.size();
    }

    /** The informer must not wait for the end of the list to tell, for it would have nothing to tell. */
    @Override
    public boolean isFullState() {
        return false;
    }
}
