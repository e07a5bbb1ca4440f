package io.slotless.webhook.certificate.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.webhook.certificate.InvalidCertificateException;
import io.slotless.webhook.certificate.authority.Certificates;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an API server would do with it: versions, conflicts, and a strategic merge by name. */
final class MemoryStore implements CertificateStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable Secret secret;
    private @Nullable MutatingWebhookConfiguration configuration;
    private Optional<Runnable> beforeWrite = Optional.empty();
    private int version;
    private int writes;

    /** As {@code kubectl apply} of a deleted configuration: no caBundle in it. */
    void apply(String... names) {
        configuration = new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("webhook")
                .withResourceVersion(next())
                .endMetadata()
                .withWebhooks(Stream.of(names)
                        .map(name -> new MutatingWebhookBuilder()
                                .withName(name)
                                .withNewClientConfig()
                                .endClientConfig()
                                .build())
                        .toList())
                .build();
    }

    void remove() {
        configuration = null;
    }

    void deleteSecret() {
        secret = null;
    }

    void annotate(String name, String value) {
        secret = new SecretBuilder(secret)
                .editMetadata()
                .addToAnnotations(name, value)
                .withResourceVersion(next())
                .endMetadata()
                .build();
    }

    void damage(String key) {
        secret = new SecretBuilder(secret)
                .addToData(key, "")
                .editMetadata()
                .withResourceVersion(next())
                .endMetadata()
                .build();
    }

    /** Somebody else is faster, once. */
    void beforeNextWrite(Runnable other) {
        beforeWrite = Optional.of(other);
    }

    int writes() {
        return writes;
    }

    String data(String key) {
        return secret.getData().get(key);
    }

    Map<String, String> annotations() {
        return secret.getMetadata().getAnnotations();
    }

    Certificates stored() {
        try {
            return StoredCertificates.read(secret.getData());
        } catch (InvalidCertificateException e) {
            throw new AssertionError(e);
        }
    }

    /** PEM by name of the entry; empty where there is none. */
    Map<String, String> bundles() {
        Map<String, String> bundles = new HashMap<>();
        configuration
                .getWebhooks()
                .forEach(webhook -> bundles.put(
                        webhook.getName(),
                        new String(
                                Base64.getDecoder()
                                        .decode(Optional.ofNullable(webhook.getClientConfig()
                                                        .getCaBundle())
                                                .orElse("")),
                                StandardCharsets.UTF_8)));
        return bundles;
    }

    @Override
    public Optional<Secret> secret() {
        return Optional.ofNullable(secret);
    }

    @Override
    public Secret create(Map<String, String> data) {
        written();
        if (secret != null) {
            throw new KubernetesClientException("exists", 409, null);
        }
        secret = new SecretBuilder()
                .withNewMetadata()
                .withName("webhook-ca")
                .withNamespace("system")
                .withResourceVersion(next())
                .endMetadata()
                .withData(data)
                .build();
        return secret;
    }

    @Override
    public Secret replace(Secret changed) {
        written();
        conflictUnless(
                changed.getMetadata().getResourceVersion(), secret.getMetadata().getResourceVersion());
        secret = new SecretBuilder(changed)
                .editMetadata()
                .withResourceVersion(next())
                .endMetadata()
                .build();
        return secret;
    }

    @Override
    public Optional<MutatingWebhookConfiguration> configuration() {
        return Optional.ofNullable(configuration);
    }

    @Override
    public void patch(String patch) {
        written();
        try {
            JsonNode tree = JSON.readTree(patch);
            conflictUnless(
                    tree.at("/metadata/resourceVersion").asText(),
                    configuration.getMetadata().getResourceVersion());
            MutatingWebhookConfigurationBuilder builder = new MutatingWebhookConfigurationBuilder(configuration);
            for (JsonNode webhook : tree.path("webhooks")) {
                builder.editMatchingWebhook(entry ->
                                entry.getName().equals(webhook.path("name").asText()))
                        .editClientConfig()
                        .withCaBundle(webhook.at("/clientConfig/caBundle").asText())
                        .endClientConfig()
                        .endWebhook();
            }
            configuration = builder.editMetadata()
                    .withResourceVersion(next())
                    .endMetadata()
                    .build();
        } catch (JsonProcessingException e) {
            throw new AssertionError(patch, e);
        }
    }

    private void written() {
        writes++;
        Optional<Runnable> other = beforeWrite;
        beforeWrite = Optional.empty();
        other.ifPresent(Runnable::run);
    }

    private static void conflictUnless(String sent, String stored) {
        if (!sent.equals(stored)) {
            throw new KubernetesClientException("the object has been modified", 409, null);
        }
    }

    private String next() {
        version++;
        return Integer.toString(version);
    }
}
