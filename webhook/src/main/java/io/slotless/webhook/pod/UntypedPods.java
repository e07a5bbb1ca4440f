package io.slotless.webhook.pod;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Pods as trees of what the API server sends: no more than a few fields of them are ever read, and the classes for all
 * others take more memory than whatever is kept of the pods.
 */
public final class UntypedPods {

    private static final ResourceDefinitionContext POD = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Pod")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    private UntypedPods() {}

    /** As {@link KubernetesClient#pods()}. */
    public static MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(KubernetesClient client) {
        return client.genericKubernetesResources(POD);
    }

    /** Nothing but its name: just enough for an informer to know it again. */
    public static GenericKubernetesResource stub(String namespace, String name) {
        GenericKubernetesResource pod = new GenericKubernetesResource();
        pod.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return pod;
    }
}
