package io.slotless.sidecar.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.sidecar.telemetry.ProxyMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the data path together. */
@Singleton
final class ProxyProducer {

    @Produces
    @Singleton
    ProxyMetrics metrics(MeterRegistry registry) {
        return new ProxyMetrics(registry);
    }
}
