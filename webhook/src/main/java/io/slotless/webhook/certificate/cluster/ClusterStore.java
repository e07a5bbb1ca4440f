package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/** The API server, asked anew each time: a decision about keys must not rest on what a cache still holds. */
public final class ClusterStore implements CertificateStore {

    /** Who owns the field {@code caBundle}: others may apply all the rest and leave it to us. */
    private static final PatchContext STRATEGIC_MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.STRATEGIC_MERGE)
            .withFieldManager("slotless-webhook")
            .build();

    private final KubernetesClient client;
    private final String namespace;
    private final String secret;
    private final String configuration;

    /**
     * @param secret its name
     * @param configuration the name of the MutatingWebhookConfiguration
     */
    public ClusterStore(KubernetesClient client, String namespace, String secret, String configuration) {
        this.client = client;
        this.namespace = namespace;
        this.secret = secret;
        this.configuration = configuration;
    }

    @Override
    public Optional<Secret> secret() {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(secret).get());
    }

    @Override
    public Secret create(Map<String, String> data) {
        return client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(secret)
                        .withNamespace(namespace)
                        .addToLabels("app.kubernetes.io/part-of", "slotless")
                        .addToLabels("app.kubernetes.io/managed-by", "slotless-webhook")
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    @Override
    public Secret replace(Secret changed) {
        return client.resource(changed).update();
    }

    @Override
    public Optional<MutatingWebhookConfiguration> configuration() {
        return Optional.ofNullable(resource().get());
    }

    @Override
    public void patch(String patch) {
        resource().patch(STRATEGIC_MERGE, patch);
    }

    private Resource<MutatingWebhookConfiguration> resource() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(configuration);
    }
}
