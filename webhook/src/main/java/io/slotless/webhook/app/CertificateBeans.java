package io.slotless.webhook.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.webhook.certificate.CertificateFiles;
import io.slotless.webhook.certificate.CertificateSource;
import io.slotless.webhook.certificate.ServingKey;
import io.slotless.webhook.certificate.authority.Issuer;
import io.slotless.webhook.certificate.authority.Lifecycle;
import io.slotless.webhook.certificate.authority.Terms;
import io.slotless.webhook.certificate.cluster.CertificateKeeper;
import io.slotless.webhook.certificate.cluster.CertificateListener;
import io.slotless.webhook.certificate.cluster.CertificateReconciler;
import io.slotless.webhook.certificate.cluster.CertificateWatch;
import io.slotless.webhook.certificate.cluster.ClusterStore;
import io.slotless.webhook.certificate.cluster.ConfigurationWatch;
import io.slotless.webhook.certificate.cluster.SelfManagedSource;
import io.slotless.webhook.event.QueuedEventRecorder;
import io.slotless.webhook.leadership.LeaderTask;
import io.slotless.webhook.telemetry.CertificateEvents;
import io.slotless.webhook.telemetry.CertificateLog;
import io.slotless.webhook.telemetry.CertificateMetrics;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Puts the certificate's parts together. */
@Singleton
class CertificateBeans {

    @Produces
    @Singleton
    ServingKey serving() {
        return new ServingKey();
    }

    @Produces
    @Singleton
    CertificateSource source(
            WebhookConfig config,
            ServingKey serving,
            KubernetesClient client,
            QueuedEventRecorder events,
            MeterRegistry registry) {
        WebhookConfig.Certificate certificate = config.certificate();
        // There whatever the source is: a rate of something absent is no alert.
        CertificateMetrics metrics = new CertificateMetrics(registry);
        return switch (certificate.source()) {
            case FILES ->
                new CertificateFiles(certificate.cert(), certificate.key(), certificate.reloadPeriod(), serving);
            case SELF_MANAGED ->
                selfManaged(
                        config,
                        serving,
                        client,
                        CertificateListener.all(List.of(
                                new CertificateLog(),
                                new CertificateMetrics(registry),
                                new CertificateEvents(events))));
        };
    }

    void close(@Disposes CertificateSource source) {
        source.close();
    }

    @Produces
    @Singleton
    LeaderTask keeper(CertificateSource source) {
        return source instanceof SelfManagedSource selfManaged ? selfManaged.keeper() : LeaderTask.NONE;
    }

    private static SelfManagedSource selfManaged(
            WebhookConfig config, ServingKey serving, KubernetesClient client, CertificateListener listener) {
        String namespace = config.namespace()
                .orElseThrow(() -> new IllegalArgumentException(
                        "slotless.webhook.certificate.source=self-managed needs slotless.webhook.namespace"));
        String secret = config.name() + "-ca";
        Terms terms = new Terms(
                config.certificate().caDuration(),
                config.certificate().duration(),
                config.certificate().caPause());
        Lifecycle lifecycle = new Lifecycle(terms, new Issuer(terms, config.name(), names(config, namespace)));
        Clock clock = Clock.systemUTC();
        CertificateWatch watch = new CertificateWatch(client, namespace, secret, serving);
        CertificateReconciler reconciler = new CertificateReconciler(
                new ClusterStore(client, namespace, secret, config.name()), lifecycle, listener, clock);
        return new SelfManagedSource(
                watch, new CertificateKeeper(reconciler, watch, new ConfigurationWatch(client, config.name()), clock));
    }

    private static List<String> names(WebhookConfig config, String namespace) {
        String service = config.name() + "." + namespace;
        return Stream.concat(
                        Stream.of(service + ".svc", service + ".svc." + config.clusterDomain(), service),
                        config.certificate().extraNames().orElse(List.of()).stream())
                .toList();
    }
}
