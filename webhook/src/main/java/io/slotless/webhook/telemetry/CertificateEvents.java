package io.slotless.webhook.telemetry;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Step;
import io.slotless.webhook.certificate.cluster.CertificateListener;
import io.slotless.webhook.event.EventRecorder;
import io.slotless.webhook.event.EventType;

/** Events on the Secret: {@code kubectl describe secret} tells its history. */
public final class CertificateEvents implements CertificateListener {

    private final EventRecorder events;

    public CertificateEvents(EventRecorder events) {
        this.events = events;
    }

    @Override
    public void done(Step step, Certificates after, Secret secret) {
        if (step instanceof Step.Begin begin) {
            normal(secret, "CertificateAuthorityCreated", "new CA, trusted and used at once: " + begin.reason());
        } else if (step instanceof Step.PrepareAuthority prepare) {
            normal(secret, "CertificateAuthorityPrepared", "second CA, trusted and not used yet: " + prepare.reason());
        } else if (step instanceof Step.Promote) {
            normal(secret, "CertificateAuthorityRotated", "the second CA issues from now on");
        } else if (step instanceof Step.RenewLeaf renew) {
            normal(secret, "CertificateRenewed", "until " + after.leaf().notAfter() + ": " + renew.reason());
        } else if (step instanceof Step.Forget) {
            normal(secret, "CertificateAuthorityRemoved", "CAs that nothing depends on are trusted no longer");
        }
    }

    @Override
    public void invalid(Secret secret, String why) {
        events.record(
                reference(secret), EventType.WARNING, "CertificateSecretInvalid", why + "; everything begins anew");
    }

    @Override
    public void bundlePatched(String configuration) {}

    private void normal(Secret secret, String reason, String message) {
        events.record(reference(secret), EventType.NORMAL, reason, message);
    }

    private static ObjectReference reference(Secret secret) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Secret")
                .withNamespace(secret.getMetadata().getNamespace())
                .withName(secret.getMetadata().getName())
                .withUid(secret.getMetadata().getUid())
                .build();
    }
}
