package io.slotless.webhook.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapper;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.webhook.admission.AdmissionListener;
import io.slotless.webhook.admission.AdmissionReviewer;
import io.slotless.webhook.admission.AdmissionRoute;
import io.slotless.webhook.admission.Patience;
import io.slotless.webhook.admission.PatientDecider;
import io.slotless.webhook.admission.WarmUp;
import io.slotless.webhook.certificate.HandshakeRehearsal;
import io.slotless.webhook.certificate.ServingKey;
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
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together. */
@Singleton
class WebhookBeans {

    private static final Duration VERSION_RETRY = Duration.ofSeconds(2);
    /** Watches lag by milliseconds, rarely more; and the API server waits for seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration REST = Duration.ofSeconds(30);

    /** Each asks up to three sidecars: a few percent of one CPU. */
    private static final int LOOKS_PER_SECOND = 50;

    private static final int LOOKS_AT_ONCE = 32;

    /** What events of watches bring, and says what went wrong with them. Pods have no type; anything else is asked for by its class. */
    private static final List<Class<? extends KubernetesResource>> WATCHED = List.of(
            MutatingWebhookConfiguration.class,
            Namespace.class,
            RedisDestination.class,
            Secret.class,
            Service.class,
            Status.class);

    /** Quarkus would load every kind that there is, hundreds of classes. */
    @Produces
    @Singleton
    KubernetesSerialization kinds(@KubernetesClientObjectMapper ObjectMapper mapper) {
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
        WATCHED.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

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
    HeapTrim heapTrim() {
        return new HeapTrim();
    }

    void close(@Disposes HeapTrim trim) {
        trim.close();
    }

    @Produces
    @Singleton
    InjectionRules rules(WebhookConfig config) {
        return InjectionRulesFactory.rules(config);
    }

    @Produces
    @Singleton
    Patience patience() {
        return new Patience(PATIENCE, REST, System::nanoTime);
    }

    @Produces
    @Singleton
    WarmUp warmUp(
            InjectionRules rules,
            ServingKey serving,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        ObjectMapper mapper = new ObjectMapper();
        Patience none = new Patience(Duration.ZERO, Duration.ZERO, System::nanoTime);
        return new WarmUp(
                catalogue -> reviewer(
                        new PatientDecider(new InjectionDecider(rules), catalogue, () -> true, none),
                        rules,
                        admission -> {},
                        mapper,
                        version),
                new HandshakeRehearsal(serving)::run);
    }

    @Produces
    @Singleton
    AdmissionRoute route(
            InjectionRules rules,
            WatchedCatalogue catalogue,
            Patience patience,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        // Quarkus's own mapper may be configured to leave out or to rename: pods must not be.
        ObjectMapper mapper = new ObjectMapper();
        AdmissionListener listener = AdmissionListener.all(List.of(new AdmissionMetrics(registry), new AdmissionLog()));
        PatientDecider decider =
                new PatientDecider(new InjectionDecider(rules), catalogue, catalogue::isComplete, patience);
        return new AdmissionRoute(reviewer(decider, rules, listener, mapper, version), listener, mapper);
    }

    private static AdmissionReviewer reviewer(
            PatientDecider decider,
            InjectionRules rules,
            AdmissionListener listener,
            ObjectMapper mapper,
            String version) {
        return new AdmissionReviewer(
                decider, new PodInjector(mapper, rules.dns(), version), listener, mapper, System::nanoTime);
    }
}
