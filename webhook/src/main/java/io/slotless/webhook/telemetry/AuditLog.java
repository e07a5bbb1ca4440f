package io.slotless.webhook.telemetry;

import io.slotless.webhook.audit.AuditListener;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.Reason;
import java.util.Map;
import org.jboss.logging.Logger;

/** Logs each pod that asked and has no sidecar. */
public final class AuditLog implements AuditListener {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    @Override
    public void reported(Finding finding, String pod) {
        LOG.warnf("uninjected reason=%s pod=%s facts=%s", finding.reason().id(), pod, finding.facts());
    }

    @Override
    public void counted(Map<Reason, Long> pods) {
        LOG.tracef("uninjected pods=%s", pods);
    }
}
