package io.slotless.webhook.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.slotless.webhook.admission.AdmissionRoute;
import io.slotless.webhook.admission.Patience;
import io.slotless.webhook.admission.WarmUp;
import io.slotless.webhook.audit.PodAudit;
import io.slotless.webhook.certificate.CertificateSource;
import io.slotless.webhook.certificate.ServingKey;
import io.slotless.webhook.destination.WatchedCatalogue;
import io.slotless.webhook.event.QueuedEventRecorder;
import io.slotless.webhook.injection.CatalogueListener;
import io.slotless.webhook.leadership.Leadership;
import io.slotless.webhook.telemetry.CatalogueMetrics;
import io.slotless.webhook.telemetry.CertificateMetrics;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Starts the webhook. */
@Singleton
class WebhookStart {

    private static final Logger LOG = Logger.getLogger(WebhookStart.class);

    void routes(@Observes Router router, AdmissionRoute route, WebhookConfig config) {
        route.register(router, config.maxReviewSize().asLongValue(), config.reviewTimeout());
    }

    void start(
            @Observes StartupEvent event,
            WebhookConfig config,
            WatchedCatalogue catalogue,
            ServingKey serving,
            CertificateSource source,
            Leadership leadership,
            Patience patience,
            WarmUp warmUp,
            QueuedEventRecorder events,
            PodAudit audit,
            HeapTrim heapTrim,
            MeterRegistry registry) {
        LOG.infof(
                "slotless webhook clusterDomain=%s excludedNamespaces=%s sidecarImage=%s nativeSidecar=%s certificate=%s",
                config.clusterDomain(),
                config.excludedNamespaces(),
                config.sidecar().image(),
                config.sidecar().nativeSidecar(),
                config.certificate().source());
        CertificateMetrics.register(serving, source, registry);
        source.start();
        events.start();
        CatalogueMetrics.register(() -> catalogue.missing().size(), registry);
        catalogue.listen(CatalogueListener.all(List.of(patience, audit)));
        catalogue.start();
        // While the catalogue is listed.
        warmUp.start();
        heapTrim.start();
        config.namespace().ifPresent(namespace -> leadership.start());
    }
}
