package io.slotless.webhook.audit;

import io.slotless.webhook.event.EventRecorder;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.InjectionDecider;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * By what the audit goes.
 *
 * @param decider the one that admissions are decided by
 * @param catalogue what it decides from
 * @param complete whether the catalogue has been filled; nothing is judged before
 * @param excludedNamespaces whose pods do not matter
 * @param recorder takes the events
 * @param settle how long a new pod is left alone, so that the catalogue catches up with what was created just before it; and the
 *     pause between two rounds
 * @param repeat when to say again what is still true: the API server forgets events (an hour, kube-apiserver's --event-ttl)
 */
public record AuditRules(
        InjectionDecider decider,
        Catalogue catalogue,
        BooleanSupplier complete,
        Set<String> excludedNamespaces,
        EventRecorder recorder,
        Clock clock,
        Duration settle,
        Duration repeat) {

    public AuditRules {
        excludedNamespaces = Set.copyOf(excludedNamespaces);
    }
}
