package io.slotless.webhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.webhook.event.EventListener;
import io.slotless.webhook.event.EventOutcome;

/** {@code slotless_webhook_events_total}: events on users' objects, by what became of them. */
public final class EventMetrics implements EventListener {

    private final MeterRegistry registry;

    public EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(EventOutcome outcome) {
        Counter.builder("slotless.webhook.events")
                .description("Kubernetes events by outcome: written, dropped (too many at once), failed")
                .tag("outcome", outcome.id())
                .register(registry)
                .increment();
    }
}
