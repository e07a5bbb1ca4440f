package io.slotless.webhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.slotless.webhook.admission.Admission;
import io.slotless.webhook.admission.AdmissionListener;
import java.time.Duration;
import java.util.stream.Stream;

/** Counts and times admissions: {@code slotless_webhook_admissions_total} and {@code slotless_webhook_admission_seconds}. */
public final class AdmissionMetrics implements AdmissionListener {

    private static final Duration[] BUCKETS =
            Stream.of(1, 5, 25, 100, 500, 2500).map(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;

    public AdmissionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void admitted(Admission admission) {
        String result = admission.result().id();
        Counter.builder("slotless.webhook.admissions")
                .description("Admissions by result and reason")
                .tag("result", result)
                .tag("reason", admission.finding().reason().id())
                .register(registry)
                .increment();
        Timer.builder("slotless.webhook.admission")
                .description("Time to decide and to make the patch")
                .tag("result", result)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(admission.took());
    }
}
