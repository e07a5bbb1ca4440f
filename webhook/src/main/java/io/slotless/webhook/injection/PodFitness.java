package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.Optional;
import java.util.Set;

/** Which pods cannot be injected, whatever they ask. */
record PodFitness(Set<String> excludedNamespaces) {

    /** Set on the API server's copy of a static pod (kubernetes.io/docs/reference/labels-annotations-taints). */
    private static final String MIRROR = "kubernetes.io/config.mirror";

    Optional<Reason> problem(Pod pod) {
        if (excludedNamespaces.contains(pod.namespace())) {
            return Optional.of(Reason.EXCLUDED_NAMESPACE);
        }
        if (pod.annotation(MIRROR).isPresent()) {
            return Optional.of(Reason.MIRROR_POD);
        }
        if (pod.hasSidecar()) {
            boolean ours = pod.annotation(SlotlessNames.STATUS).isPresent();
            return Optional.of(ours ? Reason.ALREADY_INJECTED : Reason.NAME_TAKEN);
        }
        if (pod.spec().path("hostNetwork").asBoolean()) {
            return Optional.of(Reason.HOST_NETWORK);
        }
        boolean windows = pod.spec().path("os").path("name").asText().equals("windows");
        return windows ? Optional.of(Reason.WINDOWS) : Optional.empty();
    }
}
