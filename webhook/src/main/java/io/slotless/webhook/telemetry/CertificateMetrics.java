package io.slotless.webhook.telemetry;

import io.fabric8.kubernetes.api.model.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.slotless.webhook.certificate.CertificateSource;
import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.ServingKey;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Step;
import io.slotless.webhook.certificate.cluster.CertificateListener;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code slotless_webhook_certificate_expiry_seconds} and {@code slotless_webhook_ca_expiry_seconds}: when the certificate
 * that is served, and its CA, end, in seconds since 1970. {@code slotless_webhook_certificate_rotations_total} and
 * {@code slotless_webhook_ca_bundle_patches_total}: what this replica has done as the leader.
 */
public final class CertificateMetrics implements CertificateListener {

    private final MeterRegistry registry;
    private final Counter patches;

    public CertificateMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.patches = Counter.builder("slotless.webhook.ca.bundle.patches")
                .description("How often the caBundle of the webhook configuration was put right")
                .register(registry);
        // There from the start, so that the first one is an increase.
        rotations("ca");
        rotations("leaf");
    }

    public static void register(ServingKey serving, CertificateSource source, MeterRegistry registry) {
        TimeGauge.builder(
                        "slotless.webhook.certificate.expiry",
                        serving,
                        TimeUnit.SECONDS,
                        key -> seconds(key.current().map(Credential::notAfter)))
                .description("When the serving certificate ends, in seconds since 1970; NaN without one")
                .register(registry);
        TimeGauge.builder(
                        "slotless.webhook.ca.expiry",
                        source,
                        TimeUnit.SECONDS,
                        from -> seconds(from.authorityNotAfter()))
                .description("When the webhook's own CA ends, in seconds since 1970; NaN without one")
                .register(registry);
    }

    private static double seconds(Optional<Instant> time) {
        return time.map(known -> (double) known.getEpochSecond()).orElse(Double.NaN);
    }

    @Override
    public void done(Step step, Certificates after, Secret secret) {
        if (step instanceof Step.Begin || step instanceof Step.Promote) {
            rotations("ca").increment();
        }
        if (step instanceof Step.Begin || step instanceof Step.Promote || step instanceof Step.RenewLeaf) {
            rotations("leaf").increment();
        }
    }

    @Override
    public void invalid(Secret secret, String why) {}

    @Override
    public void bundlePatched(String configuration) {
        patches.increment();
    }

    private Counter rotations(String what) {
        return Counter.builder("slotless.webhook.certificate.rotations")
                .description("Certificates that came to use")
                .tag("what", what)
                .register(registry);
    }
}
