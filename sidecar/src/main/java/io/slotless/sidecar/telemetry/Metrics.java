package io.slotless.sidecar.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of the program, as Prometheus reads them. Those of the JVM are there from the first scrape on: they take classes
 * and management beans that a sidecar whom nobody scrapes does without.
 *
 * <p>Micrometer calls this registry deprecated since it has one for Prometheus's newer client; that is several times as large.
 */
@SuppressWarnings("deprecation")
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private boolean hasJvm;

    /** Where meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** The media type of what {@link #scrape} should give a client that sent such an {@code Accept} header. */
    public static String format(@Nullable String accept) {
        return TextFormat.chooseContentType(accept);
    }

    /** The value of every meter, in a format of {@link #format}. May take milliseconds; any thread. */
    public synchronized String scrape(String format) {
        if (!hasJvm) {
            List<MeterBinder> jvm = List.of(
                    new ClassLoaderMetrics(),
                    new JvmGcMetrics(),
                    new JvmInfoMetrics(),
                    new JvmMemoryMetrics(),
                    new JvmThreadMetrics(),
                    new FileDescriptorMetrics(),
                    new ProcessorMetrics(),
                    new UptimeMetrics());
            jvm.forEach(binder -> binder.bindTo(registry));
            hasJvm = true;
        }
        return registry.scrape(format);
    }
}
