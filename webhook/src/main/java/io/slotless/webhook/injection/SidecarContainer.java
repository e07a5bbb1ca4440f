package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.api.SlotlessNames;

/** The container that is put into a pod. */
final class SidecarContainer {

    /** A port's name has at most 15 characters. */
    private static final String PORT_NAME = "slotless-prom";

    private static final String READY = "/q/health/ready";
    /** How long the sidecar may take until it is ready before it is started anew. */
    private static final int START_SECONDS = 120;

    private static final int READINESS_SECONDS = 10;

    private final InjectionPlan plan;
    private final SidecarSettings settings;

    SidecarContainer(InjectionPlan plan) {
        this.plan = plan;
        this.settings = plan.sidecar();
    }

    /** Fields in the order of their names, as the API server writes them. */
    ObjectNode build(String bootstrap) {
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        ArrayNode env = container.putArray("env");
        env.addObject().put("name", SlotlessNames.BOOTSTRAP_ENV).put("value", escapeReferences(bootstrap));
        env.addObject().put("name", "SLOTLESS_LOG_LEVEL").put("value", settings.logLevel());
        container.put("image", settings.image()).put("imagePullPolicy", settings.imagePullPolicy());
        boolean isNative = plan.placement() == SidecarPlacement.NATIVE;
        if (!isNative) {
            waitUntilReady(container
                    .putObject("lifecycle")
                    .putObject("postStart")
                    .putObject("exec")
                    .putArray("command"));
        }
        container.put("name", SlotlessNames.SIDECAR_CONTAINER);
        container
                .putArray("ports")
                .addObject()
                .put("containerPort", SlotlessNames.MANAGEMENT_PORT)
                .put("name", PORT_NAME)
                .put("protocol", "TCP");
        askIfReady(container.putObject("readinessProbe")).put("periodSeconds", READINESS_SECONDS);
        resources(container.putObject("resources"));
        if (isNative) {
            container.put("restartPolicy", "Always");
        }
        restrict(container.putObject("securityContext"));
        if (isNative) {
            // The next container starts when this has succeeded
            // (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers).
            askIfReady(container.putObject("startupProbe").put("failureThreshold", START_SECONDS))
                    .put("periodSeconds", 1);
        }
        SidecarVolumes.mount(plan.secrets(), container.putArray("volumeMounts"));
        return container;
    }

    /** Kubernetes replaces {@code $(NAME)} in values; {@code $$} is a dollar sign (EnvVar.value in core/v1). */
    private static String escapeReferences(String value) {
        return value.replace("$", "$$");
    }

    private static ObjectNode askIfReady(ObjectNode probe) {
        probe.putObject("httpGet").put("path", READY).put("port", SlotlessNames.MANAGEMENT_PORT);
        return probe;
    }

    private void resources(ObjectNode resources) {
        resources
                .putObject("limits")
                .put("cpu", settings.cpuLimit().toString())
                .put("memory", settings.memoryLimit().toString());
        resources
                .putObject("requests")
                .put("cpu", settings.cpuRequest().toString())
                .put("memory", settings.memoryRequest().toString());
    }

    /**
     * A program of the image, because nothing else can wait: the kubelet asks an {@code httpGet} hook once, right after the
     * start, and kills the container when nobody listens yet; and an image with nothing but a JVM has no shell.
     */
    private void waitUntilReady(ArrayNode command) {
        settings.waitCommand().forEach(command::add);
        command.add("http://127.0.0.1:" + SlotlessNames.MANAGEMENT_PORT + READY);
    }

    /** All that the Pod Security Standard "restricted" asks for, and a read-only root file system. */
    private void restrict(ObjectNode security) {
        security.put("allowPrivilegeEscalation", false);
        security.putObject("capabilities").putArray("drop").add("ALL");
        security.put("readOnlyRootFilesystem", true)
                .put("runAsGroup", settings.user())
                .put("runAsNonRoot", true)
                .put("runAsUser", settings.user());
        security.putObject("seccompProfile").put("type", "RuntimeDefault");
    }
}
