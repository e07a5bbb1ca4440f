package io.slotless.kube;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * Our webhook as the API server knows it: what manifests/install.yaml says, but for the address, which is no Service
 * because there are no nodes.
 */
final class Webhooks {

    private static final String PROBE = "webhook-probe";

    private final KubeStage stage;
    private final Certificates certificates;

    Webhooks(KubeStage stage) {
        this.stage = stage;
        this.certificates = Certificates.create(stage.work().resolve("webhook-tls"));
        stage.namespace(PROBE, Map.of());
    }

    /** Starts the webhook with the rights of its own ServiceAccount. */
    WebhookProcess start(String name) {
        return start(name, Map.of());
    }

    /** The same, with settings of its own. */
    WebhookProcess start(String name, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "quarkus.kubernetes-client.api-server-url",
                stage.server().url(),
                "quarkus.kubernetes-client.ca-cert-file",
                stage.server().certificate().toString(),
                "quarkus.kubernetes-client.token",
                stage.token("slotless-system", "slotless-webhook"),
                "slotless.webhook.namespace",
                "slotless-system"));
        properties.putAll(settings);
        return WebhookProcess.start(properties, certificates, stage.work().resolve(name + ".log"));
    }

    /**
     * Tells the API server where the webhook is.
     *
     * @param failurePolicy {@code Ignore} or {@code Fail}
     */
    void register(WebhookProcess webhook, String failurePolicy) {
        stage.client()
                .resource(new MutatingWebhookConfigurationBuilder(rendered())
                        .editMatchingWebhook(hook -> hook.getName().startsWith("namespaces."))
                        .withClientConfig(address(webhook.url()))
                        .withFailurePolicy(failurePolicy)
                        .endWebhook()
                        .editMatchingWebhook(hook -> hook.getName().startsWith("pods."))
                        .withClientConfig(address(webhook.url()))
                        .withFailurePolicy(failurePolicy)
                        .endWebhook()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** The address of a webhook that has our certificate. */
    WebhookClientConfig address(String url) {
        try {
            return new WebhookClientConfigBuilder()
                    .withUrl(url)
                    .withCaBundle(Base64.getEncoder().encodeToString(Files.readAllBytes(certificates.certificate())))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Certificates certificates() {
        return certificates;
    }

    /** Waits until the API server acts upon its registrations: it learns of a change a moment after it is stored. */
    void await(Predicate<PodAnswer> effect) {
        awaitIn(PROBE, effect);
    }

    /** The same, with a pod of another namespace. */
    void awaitIn(String namespace, Predicate<PodAnswer> effect) {
        Awaitility.await("the API server follows its registrations")
                .until(() -> effect.test(PodAnswer.dryRun(stage, Pods.asking(namespace, "probe"))));
    }

    private static MutatingWebhookConfiguration rendered() {
        return KubeStage.objects("manifests/install.yaml").stream()
                .filter(object -> object.getKind().equals("MutatingWebhookConfiguration"))
                .map(object ->
                        Serialization.unmarshal(Serialization.asJson(object), MutatingWebhookConfiguration.class))
                .findFirst()
                .orElseThrow();
    }
}
