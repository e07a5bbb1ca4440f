package io.slotless.webhook.certificate.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.InvalidCertificateException;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Lifecycle;
import io.slotless.webhook.certificate.authority.Situation;
import io.slotless.webhook.certificate.authority.Situation.Rotation;
import io.slotless.webhook.certificate.authority.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at what is stored, and what follows from it, step by step until there is nothing left to do. Two leaders at
 * once do no harm: each write is refused if what it is based on has changed. One thread.
 */
public final class CertificateReconciler {

    /** On the Secret, with any value: another CA, please. Gone when the new one issues. */
    public static final String ROTATE = "slotless.io/rotate";

    private final CertificateStore store;
    private final Lifecycle lifecycle;
    private final CertificateListener listener;
    private final InstantSource clock;
    private @Nullable Trusted trusted;

    public CertificateReconciler(
            CertificateStore store, Lifecycle lifecycle, CertificateListener listener, InstantSource clock) {
        this.store = store;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.clock = clock;
    }

    /** When to look again at the latest; an exception of the client if anything could not be read or stored. */
    Instant reconcile() {
        Step step = step();
        while (!(step instanceof Step.Wait)) {
            step = step();
        }
        return ((Step.Wait) step).until();
    }

    private Step step() {
        // Read before the Secret: a patch by what an older Secret says would then be refused as a conflict.
        Optional<MutatingWebhookConfiguration> configuration = store.configuration();
        Optional<Secret> stored = store.secret();
        if (stored.isEmpty()) {
            return begin(null, "no Secret");
        }
        Secret secret = stored.get();
        Certificates certificates;
        try {
            certificates = StoredCertificates.read(
                    Optional.ofNullable(secret.getData()).orElse(Map.of()));
        } catch (InvalidCertificateException e) {
            listener.invalid(secret, String.valueOf(e.getMessage()));
            return begin(secret, "Secret invalid");
        }
        publish(certificates, configuration);
        Step step = lifecycle.next(
                new Situation(certificates, trustedSince(certificates), rotation(secret), clock.instant()));
        if (!(step instanceof Step.Wait)) {
            write(secret, step, lifecycle.apply(step, certificates, clock.instant()));
        }
        return step;
    }

    /** No longer the leader: what was seen says nothing about the time until this replica leads again. */
    void forget() {
        trusted = null;
    }

    private Step begin(@Nullable Secret before, String reason) {
        Step step = new Step.Begin(reason);
        write(before, step, lifecycle.begin(clock.instant()));
        return step;
    }

    private void write(@Nullable Secret before, Step step, Certificates certificates) {
        Map<String, String> data = StoredCertificates.write(certificates);
        Secret after;
        if (before == null) {
            after = store.create(data);
        } else {
            SecretBuilder changed = new SecretBuilder(before).withData(data);
            if (step instanceof Step.Promote || step instanceof Step.Begin) {
                changed.editMetadata().removeFromAnnotations(ROTATE).endMetadata();
            }
            after = store.replace(changed.build());
        }
        listener.done(step, certificates, after);
    }

    /** Puts right what API servers trust, and remembers since when it is right. */
    private void publish(Certificates certificates, Optional<MutatingWebhookConfiguration> configuration) {
        CaBundle bundle = new CaBundle(certificates.bundle());
        boolean right = configuration.filter(bundle::isIn).isPresent();
        if (!right) {
            trusted = null;
            configuration.ifPresent(wrong -> {
                store.patch(bundle.patch(wrong));
                listener.bundlePatched(wrong.getMetadata().getName());
            });
            right = configuration.isPresent();
        }
        if (right && (trusted == null || !trusted.next().equals(certificates.next()))) {
            trusted = new Trusted(certificates.next(), clock.instant());
        }
    }

    private Optional<Instant> trustedSince(Certificates certificates) {
        return Optional.ofNullable(trusted)
                .filter(known -> known.next().equals(certificates.next()))
                .map(Trusted::since);
    }

    private static Rotation rotation(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(ROTATE) ? Rotation.REQUESTED : Rotation.NOT_REQUESTED;
    }

    /** Since when the webhook configuration holds the bundle with this next CA. */
    private record Trusted(Optional<Credential> next, Instant since) {}
}
