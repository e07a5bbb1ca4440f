package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.pod.UntypedPods;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the pods that have our label, and keeps little of each. */
final class PodWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PodWatch.class);

    /** Told on a thread of the watch, in order. */
    interface Follower {

        /** @param pod null when it is gone, or cannot be asked */
        void pod(String key, @Nullable ServingPod pod);

        /** All pods that there are have been told. */
        void known();
    }

    private final SharedIndexInformer<GenericKubernetesResource> informer;

    PodWatch(KubernetesClient client, Follower follower) {
        informer = UntypedPods.of(client)
                .inAnyNamespace()
                .withLabel(SlotlessNames.INJECTED, SlotlessNames.INJECTED_VALUE)
                .runnableInformer(0);
        informer.itemStore(new PodStubs());
        informer.exceptionHandler((started, failure) -> {
            LOG.warnf("watch failed, will try again: kind=Pod failure=%s", failure);
            return true;
        });
        informer.addEventHandler(new Events(follower));
    }

    /** Returns at once. */
    void start() {
        informer.start();
    }

    @Override
    public void close() {
        informer.stop();
    }

    private record Events(Follower follower) implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource pod) {
            follower.pod(Cache.metaNamespaceKeyFunc(pod), ServingPod.of(pod).orElse(null));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource pod) {
            onAdd(pod);
        }

        @Override
        public void onDelete(GenericKubernetesResource pod, boolean lastStateUnknown) {
            follower.pod(Cache.metaNamespaceKeyFunc(pod), null);
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            follower.known();
        }
    }
}
