package io.slotless.webhook.audit;

import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import java.util.List;
import java.util.Map;

/** Hears what the audit finds; called on the audit's thread. */
public interface AuditListener {

    /**
     * A pod that asked has no sidecar; said once for each pod and reason.
     *
     * @param pod namespace and name
     */
    void reported(Finding finding, String pod);

    /** How many such pods there are now; a reason that is missing has none. */
    void counted(Map<Reason, Long> pods);

    /** Tells several, in order. */
    static AuditListener all(List<AuditListener> listeners) {
        List<AuditListener> copy = List.copyOf(listeners);
        return new AuditListener() {
            @Override
            public void reported(Finding finding, String pod) {
                copy.forEach(listener -> listener.reported(finding, pod));
            }

            @Override
            public void counted(Map<Reason, Long> pods) {
                copy.forEach(listener -> listener.counted(pods));
            }
        };
    }
}
