package io.slotless.webhook.admission;

import java.util.Locale;

/** How an admission ended. */
public enum AdmissionResult {
    INJECTED,
    SKIPPED,
    DENIED,
    FAILED;

    /** The name in metrics and logs. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
