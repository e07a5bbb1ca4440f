package io.slotless.webhook.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes events one after the other on a thread of its own, with a pause after each. What cannot be written at once waits; what
 * finds the waiting room full is lost, and counted.
 */
public final class QueuedEventRecorder implements EventRecorder, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(QueuedEventRecorder.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final EventQueue queue;
    private final EventWriter writer;
    private final EventListener listener;
    private final Clock clock;
    private final Duration pause;
    private final Thread thread;

    /**
     * @param instance which of the webhook's replicas this is, for {@code reportingInstance}
     * @param capacity the most events that wait
     * @param pause after each event: it bounds how many a second the API server gets
     */
    public QueuedEventRecorder(
            KubernetesClient client,
            String instance,
            EventListener listener,
            Clock clock,
            int capacity,
            Duration pause) {
        this.queue = new EventQueue(capacity);
        this.writer = new EventWriter(client, instance);
        this.listener = listener;
        this.clock = clock;
        this.pause = pause;
        this.thread = new Thread(this::writeAll, "slotless-events");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void record(ObjectReference regarding, EventType type, String reason, String message) {
        offer(PendingEvent.of(regarding, type, reason, message, clock.instant()));
    }

    private void offer(PendingEvent event) {
        if (!queue.offer(event)) {
            listener.ended(EventOutcome.DROPPED);
        }
    }

    private void writeAll() {
        try {
            while (true) {
                write(queue.take());
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("no more events are written");
        }
    }

    private void write(PendingEvent event) {
        try {
            writer.write(event);
            listener.ended(EventOutcome.WRITTEN);
        } catch (KubernetesClientException e) {
            if (isPassing(e) && !Thread.currentThread().isInterrupted()) {
                // The client has tried several times, with growing pauses.
                LOG.warnf("event not written, will try again: reason=%s failure=%s", event.reason(), e);
                offer(event);
            } else {
                LOG.warnf("event not written: reason=%s failure=%s", event.reason(), e);
                listener.ended(EventOutcome.FAILED);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "event not written: reason=%s", event.reason());
            listener.ended(EventOutcome.FAILED);
        }
    }

    /** Whether the API server, or the way to it, is at fault, and not the event. */
    private static boolean isPassing(KubernetesClientException e) {
        return e.getCode() == 0 || e.getCode() == TOO_MANY_REQUESTS || e.getCode() >= SERVER_ERROR;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
