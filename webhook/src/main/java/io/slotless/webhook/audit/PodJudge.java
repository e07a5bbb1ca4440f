package io.slotless.webhook.audit;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.slotless.api.SlotlessNames;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.webhook.injection.Catalogue;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Finding;
import io.slotless.webhook.injection.InjectionDecider;
import io.slotless.webhook.injection.InjectionPlan;
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
        List<RedisDestination> destinations = plan.hosts().stream()
                .map(TakenHost::destination)
                .filter(Objects::nonNull)
                .toList();
        boolean namesNoHosts = pod.annotation(SlotlessNames.HOSTS).isEmpty();
        boolean allNewer = !destinations.isEmpty()
                && destinations.stream().allMatch(destination -> isBefore(created, created(destination.getMetadata())));
        if (namesNoHosts && allNewer) {
            ObjectMeta newest = destinations.get(0).getMetadata();
            return new Finding(Reason.OLDER_THAN_DESTINATION, newest.getNamespace() + "/" + newest.getName());
        }
        return optIn == OptIn.NAMESPACE && !askedBefore(namespace, created)
                ? new Finding(Reason.MISSED, "unless it is older than the opt-in of its namespace")
                : Finding.of(Reason.MISSED);
    }

    /** Whether the label is known to be older: whoever set it has changed nothing on the namespace since. */
    private static boolean askedBefore(Namespace namespace, String created) {
        return namespace.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1() != null
                        && String.valueOf(entry.getFieldsV1().getAdditionalProperties())
                                .contains("f:" + SlotlessNames.INJECTION))
                .anyMatch(entry -> !isBefore(created, String.valueOf(entry.getTime())));
    }

    private static String created(Pod pod) {
        return pod.tree().at("/metadata/creationTimestamp").asText();
    }

    private static String created(ObjectMeta metadata) {
        return Objects.toString(metadata.getCreationTimestamp(), "");
    }

    /** Kubernetes writes times in one form only, whose order is that of the text (Time in meta/v1). */
    private static boolean isBefore(String time, String other) {
        return time.compareTo(other) < 0;
    }
}
