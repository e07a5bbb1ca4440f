package io.slotless.webhook.app;

import io.slotless.webhook.destination.WatchedCatalogue;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the webhook knows what is in the cluster: before that, it would leave pods without a sidecar. */
@Readiness
@Singleton
class CatalogueReadiness implements HealthCheck {

    private final WatchedCatalogue catalogue;

    CatalogueReadiness(WatchedCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> missing = catalogue.missing();
        return HealthCheckResponse.named("catalogue")
                .status(missing.isEmpty())
                .withData("missing", String.join(", ", missing))
                .build();
    }
}
