package io.slotless.webhook.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.webhook.audit.AuditListener;
import io.slotless.webhook.audit.AuditRules;
import io.slotless.webhook.audit.PodAudit;
import io.slotless.webhook.destination.WatchedCatalogue;
import io.slotless.webhook.event.QueuedEventRecorder;
import io.slotless.webhook.injection.InjectionDecider;
import io.slotless.webhook.injection.InjectionRules;
import io.slotless.webhook.telemetry.AuditLog;
import io.slotless.webhook.telemetry.AuditMetrics;
import io.slotless.webhook.telemetry.EventMetrics;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts together what is told to users after the fact. */
@Singleton
class AuditBeans {

    /** At most 50 events a second, and a few MB of them waiting. */
    private static final Duration EVENT_PAUSE = Duration.ofMillis(20);

    private static final int WAITING_EVENTS = 10_000;
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration REPEAT = Duration.ofMinutes(30);

    @Produces
    @Singleton
    QueuedEventRecorder events(KubernetesClient client, WebhookConfig config, MeterRegistry registry) {
        return new QueuedEventRecorder(
                client,
                config.podName().orElse("slotless-webhook"),
                new EventMetrics(registry),
                Clock.systemUTC(),
                WAITING_EVENTS,
                EVENT_PAUSE);
    }

    void close(@Disposes QueuedEventRecorder events) {
        events.close();
    }

    @Produces
    @Singleton
    PodAudit audit(
            KubernetesClient client,
            InjectionRules rules,
            WatchedCatalogue catalogue,
            QueuedEventRecorder events,
            MeterRegistry registry) {
        AuditRules audit = new AuditRules(
                new InjectionDecider(rules),
                catalogue,
                catalogue::isComplete,
                rules.excludedNamespaces(),
                events,
                Clock.systemUTC(),
                SETTLE,
                REPEAT);
        AuditListener listener = AuditListener.all(List.of(new AuditMetrics(registry), new AuditLog()));
        return new PodAudit(client, audit, listener);
    }
}
