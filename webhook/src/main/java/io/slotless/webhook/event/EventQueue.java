package io.slotless.webhook.event;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events that wait to be written, oldest first: one for each name, and no more than so many. Safe for any thread. */
final class EventQueue {

    private final Map<String, PendingEvent> waiting = new LinkedHashMap<>();
    private final int capacity;

    EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Whether there was room; what waits already takes none. */
    synchronized boolean offer(PendingEvent event) {
        String key = event.namespace() + "/" + event.name();
        if (waiting.size() >= capacity && !waiting.containsKey(key)) {
            return false;
        }
        waiting.merge(key, event, PendingEvent::and);
        notifyAll();
        return true;
    }

    /** Waits for one. */
    synchronized PendingEvent take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Iterator<PendingEvent> oldest = waiting.values().iterator();
        PendingEvent event = oldest.next();
        oldest.remove();
        return event;
    }
}
