package io.slotless.webhook.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes events as core/v1 has them: {@code count}, {@code firstTimestamp} and {@code lastTimestamp} are what {@code kubectl
 * describe} and {@code kubectl get events} count and sort by. Blocks; used by one thread.
 */
final class EventWriter {

    private static final String COMPONENT = "slotless-webhook";
    private static final int REMEMBERED = 4096;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String instance;
    /** How often each event has been seen, so that the next time one request is enough. */
    private final Map<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param instance which of the webhook's replicas this is */
    EventWriter(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = instance;
    }

    /** @throws KubernetesClientException if the API server does not take it */
    void write(PendingEvent event) {
        String key = event.namespace() + "/" + event.name();
        Integer before = counts.remove(key);
        int count = before == null ? createOrRaise(event) : raiseOrCreate(event, before + event.count());
        counts.put(key, count);
    }

    private int createOrRaise(PendingEvent event) {
        try {
            return create(event);
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            // Of another replica, or of ours before a restart. A patch answers with the object: no right to read is
            // needed.
            Integer before = patch(event, new EventBuilder()).getCount();
            return raise(event, (before == null ? 1 : before) + event.count());
        }
    }

    private int raiseOrCreate(PendingEvent event, int count) {
        try {
            return raise(event, count);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
            // The API server forgets events after an hour (--event-ttl).
            return create(event);
        }
    }

    private int create(PendingEvent event) {
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(event.name())
                        .withNamespace(event.namespace())
                        .endMetadata()
                        .withInvolvedObject(event.regarding())
                        .withType(event.type().id())
                        .withReason(event.reason())
                        .withMessage(event.message())
                        .withFirstTimestamp(seconds(event.first()))
                        .withLastTimestamp(seconds(event.last()))
                        .withCount(event.count())
                        .withNewSource()
                        .withComponent(COMPONENT)
                        .endSource()
                        .withReportingComponent(COMPONENT)
                        .withReportingInstance(instance)
                        .build())
                .create();
        return event.count();
    }

    private int raise(PendingEvent event, int count) {
        patch(
                event,
                new EventBuilder()
                        .withCount(count)
                        .withType(event.type().id())
                        .withMessage(event.message())
                        .withLastTimestamp(seconds(event.last())));
        return count;
    }

    /** An object, not text: for a text the client would read the event first, which it may not. */
    private Event patch(PendingEvent event, EventBuilder changes) {
        return client.resource(changes.withNewMetadata()
                        .withName(event.name())
                        .withNamespace(event.namespace())
                        .endMetadata()
                        .build())
                .patch(PatchContext.of(PatchType.JSON_MERGE));
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
