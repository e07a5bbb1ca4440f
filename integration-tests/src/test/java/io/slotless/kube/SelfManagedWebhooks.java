package io.slotless.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Replicas of the webhook with certificates of their own making, as manifests/install.yaml installs them. */
final class SelfManagedWebhooks {

    static final String NAMESPACE = "slotless-system";
    static final String NAME = "slotless-webhook";
    static final String SECRET = "slotless-webhook-ca";

    private final KubeStage stage;

    SelfManagedWebhooks(KubeStage stage) {
        this.stage = stage;
    }

    /**
     * Starts a replica with the rights of its ServiceAccount, and waits until it is ready.
     *
     * @param settings of its certificates, without their prefix
     */
    WebhookProcess start(String pod, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "quarkus.kubernetes-client.api-server-url",
                stage.server().url(),
                "quarkus.kubernetes-client.ca-cert-file",
                stage.server().certificate().toString(),
                "quarkus.kubernetes-client.token",
                stage.token(NAMESPACE, NAME),
                "slotless.webhook.namespace",
                NAMESPACE,
                "slotless.webhook.pod-name",
                pod,
                "slotless.webhook.certificate.source",
                "self-managed",
                "slotless.webhook.certificate.extra-names",
                "127.0.0.1"));
        settings.forEach((name, value) -> properties.put("slotless.webhook.certificate." + name, value));
        return WebhookProcess.start(properties, stage.work().resolve(pod + ".log"));
    }

    /** What manifests/install.yaml says, but for the address; no caBundle. */
    static GenericKubernetesResource manifest(String url, String failurePolicy) {
        GenericKubernetesResource manifest = KubeStage.objects("manifests/install.yaml").stream()
                .filter(object -> object.getKind().equals("MutatingWebhookConfiguration"))
                .findFirst()
                .orElseThrow();
        List<Map<String, Object>> webhooks = manifest.get("webhooks");
        for (Map<String, Object> webhook : webhooks) {
            webhook.put("clientConfig", Map.of("url", url));
            webhook.put("failurePolicy", failurePolicy);
        }
        return manifest;
    }

    Resource<MutatingWebhookConfiguration> configuration() {
        return stage.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME);
    }

    Resource<Secret> secret() {
        return stage.client().secrets().inNamespace(NAMESPACE).withName(SECRET);
    }

    String secretData(String key) {
        return secret().get().getData().get(key);
    }

    /** The caBundle of all entries, if they agree in one. */
    Optional<String> caBundle() {
        List<String> bundles = Optional.ofNullable(configuration().get()).stream()
                .flatMap(configuration -> configuration.getWebhooks().stream())
                .map(webhook -> String.valueOf(webhook.getClientConfig().getCaBundle()))
                .distinct()
                .toList();
        return bundles.size() == 1 && !bundles.get(0).equals("null") ? Optional.of(bundles.get(0)) : Optional.empty();
    }

    /** Until the API server calls the webhook and trusts it. */
    void awaitCalled(String namespace) {
        Awaitility.await("the API server calls the webhook")
                .until(() ->
                        PodAnswer.dryRun(stage, Pods.asking(namespace, "probe")).sidecars() == 1);
    }

    String leader() {
        return String.valueOf(stage.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName(NAME + "-leader")
                .get()
                .getSpec()
                .getHolderIdentity());
    }
}
