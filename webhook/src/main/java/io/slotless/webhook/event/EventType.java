package io.slotless.webhook.event;

/** The types that Kubernetes knows (Event in core/v1). */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String id;

    EventType(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
