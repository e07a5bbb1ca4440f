package io.slotless.webhook.telemetry;

import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Step;
import io.slotless.webhook.certificate.cluster.CertificateListener;
import org.jboss.logging.Logger;

/** Logs what the leader does with certificates; all of it is rare. */
public final class CertificateLog implements CertificateListener {

    private static final Logger LOG = Logger.getLogger(CertificateLog.class);

    @Override
    public void done(Step step, Certificates after, Secret secret) {
        LOG.infof(
                "certificates step=%s secret=%s ca=%s caNotAfter=%s next=%s retired=%d notAfter=%s",
                step,
                secret.getMetadata().getName(),
                after.authority().certificate().getSubjectX500Principal(),
                after.authority().notAfter(),
                after.next()
                        .map(next ->
                                next.certificate().getSubjectX500Principal().toString())
                        .orElse("none"),
                after.retired().size(),
                after.leaf().notAfter());
    }

    @Override
    public void invalid(Secret secret, String why) {
        LOG.errorf(
                "certificate Secret cannot be used, begins anew: secret=%s/%s failure=%s",
                secret.getMetadata().getNamespace(), secret.getMetadata().getName(), why);
    }

    @Override
    public void bundlePatched(String configuration) {
        LOG.infof("caBundle put right: configuration=%s", configuration);
    }
}
