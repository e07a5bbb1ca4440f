package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.destination.DestinationFollower;
import io.slotless.webhook.destination.WatchedCatalogue;
import io.slotless.webhook.event.EventRecorder;
import io.slotless.webhook.injection.ClusterDns;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Destinations;
import io.slotless.webhook.leadership.LeaderTask;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of every RedisDestination true, as long as this replica leads. It asks sidecars, and nobody else: to look
 * at Redis itself would take users' Secrets, and would let them make the webhook connect to wherever they like.
 */
public final class StatusController implements LeaderTask {

    private static final Logger LOG = Logger.getLogger(StatusController.class);
    private static final long NOT_YET_MILLIS = 200;

    private final Vertx vertx;
    private final KubernetesClient client;
    private final WatchedCatalogue catalogue;
    private final ClusterDns dns;
    private final EventRecorder events;
    private final StatusSettings settings;
    private final Context context;
    private @Nullable Term term;
    private boolean leads;

    public StatusController(
            Vertx vertx,
            KubernetesClient client,
            WatchedCatalogue catalogue,
            ClusterDns dns,
            EventRecorder events,
            StatusSettings settings) {
        this.vertx = vertx;
        this.client = client;
        this.catalogue = catalogue;
        this.dns = dns;
        this.events = events;
        this.settings = settings;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public void start() {
        context.runOnContext(ignored -> {
            leads = true;
            begin();
        });
    }

    /** Not before it is known which hosts are Services, and whose: it would be told wrong. */
    private void begin() {
        if (!leads || term != null) {
            return;
        }
        if (catalogue.missing().isEmpty()) {
            LOG.info("keeps the status of RedisDestinations from now on");
            term = new Term();
            term.follow();
        } else {
            vertx.setTimer(NOT_YET_MILLIS, ignored -> begin());
        }
    }

    @Override
    public void stop() {
        context.runOnContext(ignored -> {
            leads = false;
            if (term != null) {
                term.end();
                term = null;
            }
        });
    }

    private void write(Destination seen, @Nullable RedisDestinationStatus before, RedisDestinationStatus status) {
        new StatusWriter(client).write(seen, status);
        for (Transition news : Transition.between(before, status)) {
            events.record(reference(seen), news.type(), news.reason(), news.message());
        }
    }

    private static ObjectReference reference(Destination object) {
        return new ObjectReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(RedisDestination.class))
                .withKind(HasMetadata.getKind(RedisDestination.class))
                .withNamespace(object.namespace())
                .withName(object.name())
                .withUid(object.uid())
                .build();
    }

    /** From one election to the next; passes what the watches tell to the event loop, in order. */
    private final class Term implements DestinationFollower, PodWatch.Follower {

        private final SidecarClient sidecars = new SidecarClient(vertx, settings.sidecarPort());
        private final PodWatch pods = new PodWatch(client, this);
        private final StatusLoop loop = new StatusLoop(
                vertx,
                context,
                new Destinations(catalogue, dns),
                sidecars::ask,
                StatusController.this::write,
                settings);

        void follow() {
            catalogue.follow(this);
            pods.start();
        }

        void end() {
            LOG.info("keeps the status of RedisDestinations no more");
            catalogue.unfollow(this);
            pods.close();
            loop.end();
            sidecars.close();
        }

        @Override
        public void changed(Destination now) {
            context.runOnContext(ignored -> loop.changed(now));
        }

        @Override
        public void gone(Destination last) {
            context.runOnContext(ignored -> loop.gone(last.key()));
        }

        @Override
        public void pod(String key, @Nullable ServingPod pod) {
            context.runOnContext(ignored -> loop.pod(key, pod));
        }

        @Override
        public void known() {
            context.runOnContext(ignored -> loop.podsKnown());
        }
    }
}
