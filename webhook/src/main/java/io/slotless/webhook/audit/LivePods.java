package io.slotless.webhook.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.OptIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
final class LivePods implements ItemStore<Pod> {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    /** Older ones were told about by the leader before, and events last an hour only. */
    private static final Duration NEWS = Duration.ofMinutes(10);

    private final Map<String, AuditedPod> pods = new ConcurrentHashMap<>();
    private final Set<String> excludedNamespaces;
    private final Catalogue catalogue;
    private final Consumer<io.slotless.webhook.injection.Pod> injected;
    private final ObjectMapper mapper;
    private final Clock clock;

    /** @param injected hears of each new pod that has the sidecar */
    LivePods(
            Set<String> excludedNamespaces,
            Catalogue catalogue,
            Consumer<io.slotless.webhook.injection.Pod> injected,
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
    void look(Pod pod) {
        pods.computeIfPresent(
                getKey(pod),
                (key, known) -> known.is(pod.getMetadata().getUid()) && known.lean() == null && !isInjected(pod)
                        ? fresh(pod)
                        : known);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        String uid = pod.getMetadata().getUid();
        // Another uid is another pod, of a StatefulSet for example.
        pods.compute(key, (same, known) -> next(known != null && known.is(uid) ? known : null, pod));
        return null;
    }

    private @Nullable AuditedPod next(@Nullable AuditedPod known, Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        boolean finished =
                pod.getStatus() != null && FINISHED.contains(pod.getStatus().getPhase());
        if (finished || excludedNamespaces.contains(metadata.getNamespace())) {
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

    private AuditedPod fresh(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        LeanPod lean = mayAsk(metadata) ? LeanPod.of(pod, mapper) : null;
        return AuditedPod.unjudged(metadata.getUid(), signature(metadata), lean, clock.instant());
    }

    /** A namespace that is not known yet may ask. */
    private boolean mayAsk(ObjectMeta metadata) {
        var namespace = catalogue.namespace(metadata.getNamespace());
        var pod = new io.slotless.webhook.injection.Pod(
                mapper.createObjectNode().set("metadata", mapper.valueToTree(metadata)), metadata.getNamespace());
        return namespace.isEmpty() || OptIn.of(pod, namespace).asks();
    }

    private boolean isNews(ObjectMeta metadata) {
        return Instant.parse(metadata.getCreationTimestamp())
                .isAfter(clock.instant().minus(NEWS));
    }

    private static boolean isInjected(Pod pod) {
        return pod.getMetadata().getAnnotations().containsKey(SlotlessNames.STATUS)
                && Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                        .anyMatch(containers -> containers.stream()
                                .anyMatch(container -> container.getName().equals(SlotlessNames.SIDECAR_CONTAINER)));
    }

    private static int signature(ObjectMeta metadata) {
        return 31 * metadata.getLabels().hashCode() + metadata.getAnnotations().hashCode();
    }

    @Override
    public @Nullable Pod remove(String key) {
        pods.remove(key);
        return null;
    }

    @Override
    public String getKey(Pod pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public Stream<String> keySet() {
        return pods.keySet().stream();
    }

    /** Just enough for the informer to remove those that are gone after a new list. */
    @Override
    public Stream<Pod> values() {
        return keySet().map(LivePods::nameOnly);
    }

    @Override
    public @Nullable Pod get(String key) {
        return pods.containsKey(key) ? nameOnly(key) : null;
    }

    private static Pod nameOnly(String key) {
        int slash = key.indexOf('/');
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .endMetadata()
                .build();
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
