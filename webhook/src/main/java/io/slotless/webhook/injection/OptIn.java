package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.Optional;

/** Who asks for injection. The pod's label wins over its annotation, the pod over its namespace. */
public enum OptIn {
    POD,
    NAMESPACE,
    NOBODY,
    REFUSED,
    UNCLEAR;

    public static OptIn of(Pod pod, Optional<Namespace> namespace) {
        return pod.label(SlotlessNames.INJECT)
                .or(() -> pod.annotation(SlotlessNames.INJECT))
                .map(OptIn::ofPodValue)
                .orElseGet(() -> namespace.map(OptIn::ofNamespace).orElse(NOBODY));
    }

    /** Whether there is something to say to the pod's owner where it is not injected. */
    public boolean asks() {
        return this == POD || this == NAMESPACE || this == UNCLEAR;
    }

    private static OptIn ofPodValue(String value) {
        return switch (value) {
            case "true" -> POD;
            case "false" -> REFUSED;
            default -> UNCLEAR;
        };
    }

    private static OptIn ofNamespace(Namespace namespace) {
        return "enabled".equals(namespace.injection()) ? NAMESPACE : NOBODY;
    }
}
