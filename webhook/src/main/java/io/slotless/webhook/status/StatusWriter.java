package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;

/** Writes a status as its only author: server-side apply (kubernetes.io/docs/reference/using-api/server-side-apply). */
final class StatusWriter {

    static final String FIELD_MANAGER = "slotless-webhook";

    private final KubernetesClient client;

    StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Blocks.
     *
     * @param seen the object as it was when the status was made up: if it is another by now, nothing is written
     * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if it is another, 404 if it is gone
     */
    void write(Destination seen, RedisDestinationStatus status) {
        RedisDestination change = new RedisDestination();
        change.setMetadata(new ObjectMetaBuilder()
                .withNamespace(seen.namespace())
                .withName(seen.name())
                .withUid(seen.uid())
                .withResourceVersion(seen.resourceVersion())
                .build());
        change.setStatus(status);
        client.resource(change)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }
}
