package io.slotless.webhook.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.slotless.webhook.certificate.ServingCertificate;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** {@code slotless_webhook_certificate_expiry_seconds}: when the certificate ends, in seconds since 1970. */
public final class CertificateMetrics {

    private CertificateMetrics() {}

    public static void register(ServingCertificate certificate, MeterRegistry registry) {
        TimeGauge.builder(
                        "slotless.webhook.certificate.expiry",
                        certificate,
                        TimeUnit.SECONDS,
                        CertificateMetrics::notAfterSeconds)
                .description("When the serving certificate ends, in seconds since 1970; NaN when it cannot be read")
                // Nobody else holds it, and a registry forgets what nobody holds.
                .strongReference(true)
                .register(registry);
    }

    private static double notAfterSeconds(ServingCertificate certificate) {
        try {
            return certificate.notAfter().getEpochSecond();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
