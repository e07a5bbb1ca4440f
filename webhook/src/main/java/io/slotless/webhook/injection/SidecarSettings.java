package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sidecar's container, as far as it can be chosen.
 *
 * @param image image reference
 * @param imagePullPolicy {@code Always}, {@code IfNotPresent} or {@code Never}
 * @param cpuRequest CPU, as a Kubernetes quantity, like the three that follow
 * @param logLevel {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
 * @param nativeSidecar whether it is a native sidecar
 * @param user the user and group it runs as; not root
 * @param waitCommand what its {@code postStart} hook runs where it is not a native sidecar: ends with 0 as soon as the
 *     URL given as the last argument, which is appended, answers 200
 */
public record SidecarSettings(
        String image,
        String imagePullPolicy,
        Quantity cpuRequest,
        Quantity cpuLimit,
        Quantity memoryRequest,
        Quantity memoryLimit,
        String logLevel,
        NativeSidecar nativeSidecar,
        long user,
        List<String> waitCommand) {

    public SidecarSettings {
        waitCommand = List.copyOf(waitCommand);
    }

    SidecarSettings with(Map<SidecarOverride, String> overrides) {
        return new SidecarSettings(
                overrides.getOrDefault(SidecarOverride.IMAGE, image),
                overrides.getOrDefault(SidecarOverride.IMAGE_PULL_POLICY, imagePullPolicy),
                quantity(overrides, SidecarOverride.CPU_REQUEST, cpuRequest),
                quantity(overrides, SidecarOverride.CPU_LIMIT, cpuLimit),
                quantity(overrides, SidecarOverride.MEMORY_REQUEST, memoryRequest),
                quantity(overrides, SidecarOverride.MEMORY_LIMIT, memoryLimit),
                upper(overrides.getOrDefault(SidecarOverride.LOG_LEVEL, logLevel)),
                NativeSidecar.valueOf(upper(overrides.getOrDefault(SidecarOverride.NATIVE, nativeSidecar.name()))),
                user,
                waitCommand);
    }

    /** The API server refuses a pod with a request above its limit: better to say so in words that name our annotations. */
    Optional<Finding> problem() {
        if (isMore(cpuRequest, cpuLimit)) {
            return Optional.of(tooMuch("cpu", cpuRequest, cpuLimit));
        }
        return isMore(memoryRequest, memoryLimit)
                ? Optional.of(tooMuch("memory", memoryRequest, memoryLimit))
                : Optional.empty();
    }

    private static Finding tooMuch(String resource, Quantity request, Quantity limit) {
        return new Finding(
                Reason.BAD_OVERRIDE,
                "slotless.io/sidecar-%1$s-request %2$s is more than sidecar-%1$s-limit %3$s; set both"
                        .formatted(resource, request, limit));
    }

    private static boolean isMore(Quantity request, Quantity limit) {
        return request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0;
    }

    private static Quantity quantity(Map<SidecarOverride, String> overrides, SidecarOverride key, Quantity otherwise) {
        String override = overrides.get(key);
        return override == null ? otherwise : new Quantity(override);
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
