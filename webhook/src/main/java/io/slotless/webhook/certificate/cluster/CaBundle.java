package io.slotless.webhook.certificate.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What API servers are to trust, in the entries of a webhook configuration that are ours. */
final class CaBundle {

    private static final String OURS = ".slotless.io";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String encoded;

    /** @param pem all certificates */
    CaBundle(String pem) {
        this.encoded = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    boolean isIn(MutatingWebhookConfiguration configuration) {
        return differing(configuration).isEmpty();
    }

    /**
     * A strategic merge patch, which finds an entry by its name; it is refused if the configuration has changed meanwhile.
     * What we do not name stays, and stays somebody else's.
     */
    String patch(MutatingWebhookConfiguration configuration) {
        ObjectNode patch = MAPPER.createObjectNode();
        patch.putObject("metadata")
                .put("resourceVersion", configuration.getMetadata().getResourceVersion());
        ArrayNode webhooks = patch.putArray("webhooks");
        for (String name : differing(configuration)) {
            webhooks.addObject().put("name", name).putObject("clientConfig").put("caBundle", encoded);
        }
        return patch.toString();
    }

    private List<String> differing(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream()
                .filter(webhook -> webhook.getName().endsWith(OURS))
                .filter(webhook -> !encoded.equals(webhook.getClientConfig().getCaBundle()))
                .map(MutatingWebhook::getName)
                .toList();
    }
}
