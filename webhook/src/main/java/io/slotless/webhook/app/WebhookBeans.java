package io.slotless.webhook.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.slotless.webhook.admission.AdmissionListener;
import io.slotless.webhook.admission.AdmissionReviewer;
import io.slotless.webhook.admission.AdmissionRoute;
import io.slotless.webhook.destination.ApiServerVersion;
import io.slotless.webhook.destination.WatchedCatalogue;
import io.slotless.webhook.event.QueuedEventRecorder;
import io.slotless.webhook.injection.ClusterDns;
import io.slotless.webhook.injection.InjectionDecider;
import io.slotless.webhook.injection.InjectionRules;
import io.slotless.webhook.injection.PodInjector;
import io.slotless.webhook.leadership.ElectionTimes;
import io.slotless.webhook.leadership.LeaderTask;
import io.slotless.webhook.leadership.Leadership;
import io.slotless.webhook.status.StatusController;
import io.slotless.webhook.status.StatusSettings;
import io.slotless.webhook.telemetry.AdmissionLog;
import io.slotless.webhook.telemetry.AdmissionMetrics;
import io.slotless.webhook.telemetry.EventMetrics;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together. */
@Singleton
class WebhookBeans {

    private static final Duration VERSION_RETRY = Duration.ofSeconds(2);
    /** At most 50 events a second, and a few MB of them waiting. */
    private static final Duration EVENT_PAUSE = Duration.ofMillis(20);

    private static final int WAITING_EVENTS = 10_000;

    /** Each asks up to three sidecars: a few percent of one CPU. */
    private static final int LOOKS_PER_SECOND = 50;

    private static final int LOOKS_AT_ONCE = 32;

    @Produces
    @Singleton
    WatchedCatalogue catalogue(KubernetesClient client) {
        return new WatchedCatalogue(client, new ApiServerVersion(client::getKubernetesVersion, VERSION_RETRY));
    }

    void close(@Disposes WatchedCatalogue catalogue) {
        catalogue.close();
    }

    /** Every {@link LeaderTask} that is a bean takes part. */
    @Produces
    @Singleton
    Leadership leadership(KubernetesClient client, WebhookConfig config, @All List<LeaderTask> tasks) {
        // Two processes of one pod, the second after a crash of the first, are two.
        String identity = config.podName().orElse("webhook") + "_" + UUID.randomUUID();
        // Without a namespace it is never started.
        LeaseLock lease = new LeaseLock(config.namespace().orElse("none"), config.name() + "-leader", identity);
        return new Leadership(client, lease, ElectionTimes.USUAL, tasks);
    }

    void close(@Disposes Leadership leadership) {
        leadership.close();
    }

    @Produces
    @Singleton
    StatusController status(
            Vertx vertx,
            KubernetesClient client,
            WatchedCatalogue catalogue,
            QueuedEventRecorder events,
            WebhookConfig config) {
        return new StatusController(
                vertx,
                client,
                catalogue,
                new ClusterDns(config.clusterDomain()),
                events,
                new StatusSettings(
                        config.status().sidecarPort(), config.status().period(), LOOKS_PER_SECOND, LOOKS_AT_ONCE));
    }

    @Produces
    @Singleton
    AdmissionRoute route(
            WebhookConfig config,
            WatchedCatalogue catalogue,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        // Quarkus's own mapper may be configured to leave out or to rename: pods must not be.
        ObjectMapper mapper = new ObjectMapper();
        InjectionRules rules = InjectionRulesFactory.rules(config);
        AdmissionListener listener = AdmissionListener.all(List.of(new AdmissionMetrics(registry), new AdmissionLog()));
        AdmissionReviewer reviewer = new AdmissionReviewer(
                new InjectionDecider(rules),
                new PodInjector(mapper, rules.dns(), version),
                catalogue,
                listener,
                mapper,
                System::nanoTime);
        return new AdmissionRoute(reviewer, listener, mapper);
    }

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
}
