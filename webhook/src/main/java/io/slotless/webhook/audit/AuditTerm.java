package io.slotless.webhook.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The audit from the start to the end of one lead: rounds on a thread of its own, over what a watch brings. */
final class AuditTerm {

    private static final Logger LOG = Logger.getLogger(AuditTerm.class);

    private final AuditRules rules;
    private final AuditListener listener;
    private final AuditRound round;
    private final PodWatch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slotless-audit");
        thread.setDaemon(true);
        return thread;
    });

    AuditTerm(KubernetesClient client, AuditRules rules, AuditListener listener) {
        this.rules = rules;
        this.listener = listener;
        ObjectMapper mapper = new ObjectMapper();
        PodEvents events = new PodEvents(rules.recorder());
        LivePods pods =
                new LivePods(rules.excludedNamespaces(), rules.catalogue(), events::injected, mapper, rules.clock());
        this.round = new AuditRound(rules, pods, events, listener, mapper);
        this.watch = new PodWatch(client, pods, rules.excludedNamespaces());
    }

    void start() {
        long pause = rules.settle().toMillis();
        thread.scheduleWithFixedDelay(this::next, 0, pause, TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
        watch.stop();
        // The next leader counts.
        listener.counted(Map.of());
    }

    void catalogueChanged() {
        round.catalogueChanged();
    }

    void namespaceChanged(String namespace) {
        round.catalogueChanged();
        watch.lookAgain(namespace);
    }

    private void next() {
        try {
            if (rules.complete().getAsBoolean()) {
                watch.follow();
                round.run();
            }
        } catch (RuntimeException e) {
            // A scheduler forgets a task that fails.
            LOG.errorf(e, "audit failed, will try again");
        }
    }
}
