package io.slotless.webhook.event;

import java.util.Locale;

/** What became of an event. */
public enum EventOutcome {
    WRITTEN,
    /** Too many were waiting. */
    DROPPED,
    /** The API server did not take it. */
    FAILED;

    /** The name in metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
