package io.slotless.webhook.app;

import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.ServingKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when there is a certificate to serve with that has not expired: an API server would turn away without one. */
@Readiness
@Singleton
class CertificateReadiness implements HealthCheck {

    private final ServingKey serving;

    CertificateReadiness(ServingKey serving) {
        this.serving = serving;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<Credential> current = serving.current();
        return HealthCheckResponse.named("certificate")
                .status(current.filter(credential -> credential.isGoodAt(Instant.now()))
                        .isPresent())
                .withData(
                        "notAfter",
                        current.map(credential -> credential.notAfter().toString())
                                .orElse("no certificate yet"))
                .build();
    }
}
