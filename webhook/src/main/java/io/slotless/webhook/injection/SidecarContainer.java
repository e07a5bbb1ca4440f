package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.List;

/** The container that is put into a pod. */
final class SidecarContainer {

    /** A port's name has at most 15 characters. */
    private static final String PORT_NAME = "slotless-prom";

    private static final String READY = "/q/health/ready";
    /** How long the sidecar may take until it is ready before it is started anew. */
    private static final int START_SECONDS = 120;

    private final InjectionPlan plan;
    private final SidecarSettings settings;

    SidecarContainer(InjectionPlan plan) {
        this.plan = plan;
        this.settings = plan.sidecar();
    }

    Container build(String bootstrap) {
        ContainerBuilder container = new ContainerBuilder()
                .withName(SlotlessNames.SIDECAR_CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy(settings.imagePullPolicy())
                .addNewEnv()
                .withName(SlotlessNames.BOOTSTRAP_ENV)
                .withValue(escapeReferences(bootstrap))
                .endEnv()
                .addNewEnv()
                .withName("SLOTLESS_LOG_LEVEL")
                .withValue(settings.logLevel())
                .endEnv()
                .addNewPort()
                .withName(PORT_NAME)
                .withContainerPort(SlotlessNames.MANAGEMENT_PORT)
                .withProtocol("TCP")
                .endPort()
                .withReadinessProbe(readiness())
                .withNewResources()
                .addToRequests("cpu", settings.cpuRequest())
                .addToRequests("memory", settings.memoryRequest())
                .addToLimits("cpu", settings.cpuLimit())
                .addToLimits("memory", settings.memoryLimit())
                .endResources()
                .withSecurityContext(restricted())
                .withVolumeMounts(SidecarVolumes.mounts(plan.secrets()));
        return switch (plan.placement()) {
            case NATIVE ->
                container
                        .withRestartPolicy("Always")
                        .withStartupProbe(startup())
                        .build();
            case FIRST_CONTAINER ->
                container
                        .withNewLifecycle()
                        .withNewPostStart()
                        .withNewExec()
                        .withCommand(waitUntilReady())
                        .endExec()
                        .endPostStart()
                        .endLifecycle()
                        .build();
        };
    }

    /** Kubernetes replaces {@code $(NAME)} in values; {@code $$} is a dollar sign (EnvVar.value in core/v1). */
    private static String escapeReferences(String value) {
        return value.replace("$", "$$");
    }

    /** The next container starts when this has succeeded (kubernetes.io/docs/concepts/workloads/pods/sidecar-containers). */
    private static Probe startup() {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(READY)
                .withNewPort(SlotlessNames.MANAGEMENT_PORT)
                .endHttpGet()
                .withPeriodSeconds(1)
                .withFailureThreshold(START_SECONDS)
                .build();
    }

    private static Probe readiness() {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(READY)
                .withNewPort(SlotlessNames.MANAGEMENT_PORT)
                .endHttpGet()
                .withPeriodSeconds(10)
                .build();
    }

    /**
     * A program of the image, because nothing else can wait: the kubelet asks an {@code httpGet} hook once, right after the
     * start, and kills the container when nobody listens yet; and an image with nothing but a JVM has no shell.
     */
    private List<String> waitUntilReady() {
        List<String> command = new ArrayList<>(settings.waitCommand());
        command.add("http://127.0.0.1:" + SlotlessNames.MANAGEMENT_PORT + READY);
        return command;
    }

    /** All that the Pod Security Standard "restricted" asks for, and a read-only root file system. */
    private SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(settings.user())
                .withRunAsGroup(settings.user())
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }
}
