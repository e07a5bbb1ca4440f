package io.slotless.webhook.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** {@code slotless_webhook_catalogue_missing}: above zero the webhook is not ready, and a probe's failure is no metric. */
public final class CatalogueMetrics {

    private CatalogueMetrics() {}

    /**
     * Registers the gauge.
     *
     * @param missing how many answers of the API server are still missing
     */
    public static void register(Supplier<Number> missing, MeterRegistry registry) {
        Gauge.builder("slotless.webhook.catalogue.missing", missing)
                .description("Kinds of objects that the webhook does not know yet; above zero it is not ready")
                // Nobody else holds it, and a registry forgets what nobody holds.
                .strongReference(true)
                .register(registry);
    }
}
