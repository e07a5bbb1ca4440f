package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.util.Map;
import java.util.Optional;

/** What is stored in the cluster. Everything may block, and throws the client's exception if it cannot be done. */
public interface CertificateStore {

    Optional<Secret> secret();

    /** Refused as a conflict if there is one already. */
    Secret create(Map<String, String> data);

    /** Refused as a conflict if there is a newer one. */
    Secret replace(Secret changed);

    Optional<MutatingWebhookConfiguration> configuration();

    /** @param patch a strategic merge patch of the configuration */
    void patch(String patch);
}
