package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Step;
import java.util.List;

/** Told by the leader what it has done; must not block. */
public interface CertificateListener {

    /** Stored: replicas follow now. */
    void done(Step step, Certificates after, Secret secret);

    /** The Secret's content cannot be used, and everything begins anew. */
    void invalid(Secret secret, String why);

    /** What API servers trust was put right. */
    void bundlePatched(String configuration);

    /** Tells all of them. */
    static CertificateListener all(List<CertificateListener> listeners) {
        return new CertificateListener() {
            @Override
            public void done(Step step, Certificates after, Secret secret) {
                listeners.forEach(listener -> listener.done(step, after, secret));
            }

            @Override
            public void invalid(Secret secret, String why) {
                listeners.forEach(listener -> listener.invalid(secret, why));
            }

            @Override
            public void bundlePatched(String configuration) {
                listeners.forEach(listener -> listener.bundlePatched(configuration));
            }
        };
    }
}
