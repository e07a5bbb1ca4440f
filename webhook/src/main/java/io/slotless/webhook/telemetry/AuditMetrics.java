package io.slotless.webhook.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.webhook.audit.AuditListener;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code slotless_webhook_uninjected_pods}: pods there are now that asked and have no sidecar; other replicas than the leader say
 * 0. {@code slotless_webhook_uninjected_reports_total}: how many were found.
 */
public final class AuditMetrics implements AuditListener {

    private final MeterRegistry registry;
    private final Set<Reason> registered = ConcurrentHashMap.newKeySet();
    private volatile Map<Reason, Long> pods = Map.of();

    public AuditMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Alerts and dashboards find a line where all is well, too.
        register(Reason.MISSED);
    }

    @Override
    public void reported(Finding finding, String pod) {
        Counter.builder("slotless.webhook.uninjected.reports")
                .description("Pods found without the sidecar they asked for, by reason")
                .tag("reason", finding.reason().id())
                .register(registry)
                .increment();
    }

    @Override
    public void counted(Map<Reason, Long> now) {
        pods = Map.copyOf(now);
        now.keySet().forEach(this::register);
    }

    private void register(Reason reason) {
        if (registered.add(reason)) {
            Gauge.builder("slotless.webhook.uninjected.pods", () -> pods.getOrDefault(reason, 0L))
                    .description("Pods that run without the sidecar they asked for, by reason; 0 but on the leader")
                    .tag("reason", reason.id())
                    .register(registry);
        }
    }
}
