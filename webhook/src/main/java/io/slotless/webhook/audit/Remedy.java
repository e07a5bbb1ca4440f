package io.slotless.webhook.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.webhook.injection.Pod;
import java.util.Locale;

/** How a pod is made anew: admission is the only moment at which it can get a sidecar. */
final class Remedy {

    private static final String TEMPLATE_HASH = "pod-template-hash";

    private Remedy() {}

    static String of(Pod pod) {
        for (JsonNode owner : pod.tree().at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return of(pod, owner.path("kind").asText(), owner.path("name").asText());
            }
        }
        return "recreate the pod";
    }

    private static String of(Pod pod, String kind, String name) {
        return switch (kind) {
            case "ReplicaSet" ->
                pod.label(TEMPLATE_HASH)
                        .map(hash -> "-" + hash)
                        .filter(name::endsWith)
                        .map(suffix -> name.substring(0, name.length() - suffix.length()))
                        .map(deployment -> restart(pod, "deployment", deployment))
                        .orElse("delete the pod");
            case "StatefulSet", "DaemonSet" -> restart(pod, kind.toLowerCase(Locale.ROOT), name);
            default -> "delete the pod, its " + kind + " makes a new one";
        };
    }

    private static String restart(Pod pod, String kind, String name) {
        return "kubectl rollout restart -n " + pod.namespace() + " " + kind + "/" + name;
    }
}
