package io.slotless.webhook.telemetry;

import io.slotless.webhook.admission.Admission;
import io.slotless.webhook.admission.AdmissionListener;
import org.jboss.logging.Logger;

/** Logs admissions: what a user may ask about as info, the rest for debugging. */
public final class AdmissionLog implements AdmissionListener {

    private static final Logger LOG = Logger.getLogger(AdmissionLog.class);

    @Override
    public void admitted(Admission admission) {
        Logger.Level level =
                switch (admission.result()) {
                    case INJECTED, DENIED -> Logger.Level.INFO;
                    case SKIPPED -> Logger.Level.DEBUG;
                    case FAILED -> Logger.Level.WARN;
                };
        LOG.logf(
                level,
                "admission result=%s reason=%s pod=%s facts=%s",
                admission.result().id(),
                admission.finding().reason().id(),
                admission.pod(),
                admission.finding().facts());
    }
}
