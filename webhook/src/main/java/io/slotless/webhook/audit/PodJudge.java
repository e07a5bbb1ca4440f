package io.slotless.webhook.audit;

import io.slotless.api.SlotlessNames;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.InjectionDecider;
import io.slotless.webhook.injection.InjectionPlan;
import io.slotless.webhook.injection.Namespace;
import io.slotless.webhook.injection.OptIn;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.TakenHost;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges a pod that has no sidecar, by what an admission would decide today. Pure; for any thread. */
final class PodJudge {

    private final InjectionDecider decider;
    private final Catalogue catalogue;

    PodJudge(InjectionDecider decider, Catalogue catalogue) {
        this.decider = decider;
        this.catalogue = catalogue;
    }

    Verdict judge(Pod pod) {
        Optional<Namespace> namespace = catalogue.namespace(pod.namespace());
        if (namespace.isEmpty()) {
            return new Verdict.Unclear();
        }
        OptIn optIn = OptIn.of(pod, namespace);
        if (!optIn.asks()) {
            return new Verdict.NotAsking();
        }
        Decision decision = decider.decide(pod, catalogue);
        if (decision instanceof Decision.Inject inject) {
            return new Verdict.Uninjected(missed(pod, namespace.get(), optIn, inject.plan()));
        }
        if (decision instanceof Decision.Deny deny) {
            return new Verdict.Uninjected(deny.finding());
        }
        Decision.Skip skip = (Decision.Skip) decision;
        // What its author would have been told, or not.
        return skip.warnings().isEmpty() ? new Verdict.Unsurprising() : new Verdict.Uninjected(skip.finding());
    }

    /** It would be injected today; so what was different when it was created? */
    private static Finding missed(Pod pod, Namespace namespace, OptIn optIn, InjectionPlan plan) {
        String created = created(pod);
        List<Destination> destinations = plan.hosts().stream()
                .map(TakenHost::destination)
                .filter(Objects::nonNull)
                .toList();
        boolean namesNoHosts = pod.annotation(SlotlessNames.HOSTS).isEmpty();
        boolean allNewer = !destinations.isEmpty()
                && destinations.stream().allMatch(destination -> isBefore(created, created(destination)));
        if (namesNoHosts && allNewer) {
            return new Finding(
                    Reason.OLDER_THAN_DESTINATION, destinations.get(0).key());
        }
        return optIn == OptIn.NAMESPACE && !askedBefore(namespace, created)
                ? new Finding(Reason.MISSED, "unless it is older than the opt-in of its namespace")
                : Finding.of(Reason.MISSED);
    }

    /** Whether the label is known to be older: whoever set it has changed nothing on the namespace since. */
    private static boolean askedBefore(Namespace namespace, String created) {
        String since = namespace.injectionSince();
        return since != null && !isBefore(created, since);
    }

    private static String created(Pod pod) {
        return pod.tree().at("/metadata/creationTimestamp").asText();
    }

    private static String created(Destination destination) {
        return Objects.toString(destination.created(), "");
    }

    /** Kubernetes writes times in one form only, whose order is that of the text (Time in meta/v1). */
    private static boolean isBefore(String time, String other) {
        return time.compareTo(other) < 0;
    }
}
