package io.slotless.webhook.audit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.slotless.webhook.injection.CatalogueListener;
import io.slotless.webhook.leadership.LeaderTask;
import org.jspecify.annotations.Nullable;

/** The audit as the leader's task: each term begins anew, with nothing remembered of the one before. */
public final class PodAudit implements LeaderTask, CatalogueListener {

    private final KubernetesClient client;
    private final AuditRules rules;
    private final AuditListener listener;
    private volatile @Nullable AuditTerm term;

    public PodAudit(KubernetesClient client, AuditRules rules, AuditListener listener) {
        this.client = client;
        this.rules = rules;
        this.listener = listener;
    }

    @Override
    public synchronized void start() {
        if (term == null) {
            AuditTerm next = new AuditTerm(client, rules, listener);
            next.start();
            term = next;
        }
    }

    @Override
    public synchronized void stop() {
        AuditTerm last = term;
        term = null;
        if (last != null) {
            last.stop();
        }
    }

    @Override
    public void changed() {
        AuditTerm now = term;
        if (now != null) {
            now.catalogueChanged();
        }
    }

    @Override
    public void namespaceChanged(String namespace) {
        AuditTerm now = term;
        if (now != null) {
            now.namespaceChanged(namespace);
        }
    }
}
