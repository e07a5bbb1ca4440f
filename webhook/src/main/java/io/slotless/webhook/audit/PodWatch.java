package io.slotless.webhook.audit;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.slotless.webhook.pod.UntypedPods;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps {@link LivePods} as the cluster has them. */
final class PodWatch {

    private static final Logger LOG = Logger.getLogger(PodWatch.class);
    /** Pods of an answer: a few MB. */
    private static final long PAGE = 250;

    private final KubernetesClient client;
    private final LivePods pods;
    private final Set<String> excludedNamespaces;
    private final Set<String> toLookAt = ConcurrentHashMap.newKeySet();
    private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;
    private boolean stopped;

    PodWatch(KubernetesClient client, LivePods pods, Set<String> excludedNamespaces) {
        this.client = client;
        this.pods = pods;
        this.excludedNamespaces = Set.copyOf(excludedNamespaces);
    }

    /** Begins, or does what was asked for since. */
    void follow() {
        begin();
        for (String namespace : Set.copyOf(toLookAt)) {
            toLookAt.remove(namespace);
            try {
                look(namespace);
            } catch (KubernetesClientException e) {
                LOG.warnf("pods not listed, will try again: namespace=%s failure=%s", namespace, e);
                toLookAt.add(namespace);
            }
        }
    }

    private synchronized void begin() {
        if (informer != null || stopped) {
            return;
        }
        // What has been forgotten of pods that did not ask is known again by the list.
        toLookAt.clear();
        SharedIndexInformer<GenericKubernetesResource> next =
                interesting().withLimit(PAGE).runnableInformer(0);
        next.removeNamespaceIndex().itemStore(pods).exceptionHandler((started, failure) -> {
            LOG.warnf("watch failed, will try again: kind=Pod failure=%s", failure);
            return true;
        });
        next.start();
        informer = next;
    }

    /** The rest need not even be sent. */
    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            interesting() {
        FilterWatchListDeletable<
                        GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                selected = UntypedPods.of(client)
                        .inAnyNamespace()
                        .withoutField("status.phase", "Succeeded")
                        .withoutField("status.phase", "Failed");
        for (String namespace : excludedNamespaces) {
            selected = selected.withoutField("metadata.namespace", namespace);
        }
        return selected;
    }

    /** At the next {@link #follow}: nothing is kept of pods that did not ask, and now they may. */
    void lookAgain(String namespace) {
        if (!excludedNamespaces.contains(namespace)) {
            toLookAt.add(namespace);
        }
    }

    private void look(String namespace) {
        String next = null;
        do {
            GenericKubernetesResourceList page = UntypedPods.of(client)
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(pods::look);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    synchronized void stop() {
        stopped = true;
        if (informer != null) {
            informer.stop();
        }
    }
}
