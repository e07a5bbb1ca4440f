package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.slotless.webhook.certificate.InvalidCertificateException;
import io.slotless.webhook.certificate.ServingKey;
import io.slotless.webhook.certificate.authority.Certificates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the Secret on every replica, leader or not: what it holds is served as soon as it is there. */
public final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CertificateWatch.class);

    private final SharedIndexInformer<Secret> secrets;
    private final ServingKey serving;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Certificates latest;

    /** @param serving gets the leaf */
    public CertificateWatch(KubernetesClient client, String namespace, String secret, ServingKey serving) {
        this.secrets = client.secrets().inNamespace(namespace).withName(secret).runnableInformer(0);
        this.serving = serving;
    }

    /** Begins to follow and returns at once; tries again for as long as the API server cannot be reached. */
    public void start() {
        secrets.exceptionHandler((started, failure) -> {
            LOG.warnf("watch failed, will try again: kind=Secret failure=%s", failure);
            return true;
        });
        secrets.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Secret secret) {
                follow(secret);
            }

            @Override
            public void onUpdate(Secret before, Secret after) {
                follow(after);
            }

            @Override
            public void onDelete(Secret secret, boolean unknown) {
                changed();
            }
        });
        secrets.start();
    }

    /** What the Secret held when it last could be read. */
    public Optional<Certificates> latest() {
        return Optional.ofNullable(latest);
    }

    /** Called on each change, also on one that cannot be read; must not block. */
    void onChange(Runnable follower) {
        followers.add(follower);
    }

    /** What cannot be read leaves the last good one in place; to put it right is the leader's work. */
    private void follow(Secret secret) {
        try {
            Certificates certificates = StoredCertificates.read(
                    Optional.ofNullable(secret.getData()).orElse(Map.of()));
            latest = certificates;
            if (!serving.current().equals(Optional.of(certificates.leaf()))) {
                serving.serve(certificates.leaf());
                LOG.infof(
                        "certificate served from now on: issuer=%s notAfter=%s",
                        certificates.leaf().certificate().getIssuerX500Principal(),
                        certificates.leaf().notAfter());
            }
        } catch (InvalidCertificateException e) {
            LOG.warnf(
                    "certificate Secret cannot be used, the last good one stays: secret=%s/%s failure=%s",
                    secret.getMetadata().getNamespace(), secret.getMetadata().getName(), e.getMessage());
        }
        changed();
    }

    private void changed() {
        followers.forEach(Runnable::run);
    }

    @Override
    public void close() {
        secrets.stop();
    }
}
