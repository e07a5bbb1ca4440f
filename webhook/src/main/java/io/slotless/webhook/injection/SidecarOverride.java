package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The annotations {@code slotless.io/sidecar-…} of pods and namespaces, and what each accepts. */
enum SidecarOverride {
    IMAGE("image", "\\S+", "an image reference"),
    IMAGE_PULL_POLICY("image-pull-policy", "Always|IfNotPresent|Never", "Always, IfNotPresent or Never"),
    CPU_REQUEST("cpu-request", SidecarOverride.QUANTITY, "a quantity like 100m"),
    CPU_LIMIT("cpu-limit", SidecarOverride.QUANTITY, "a quantity like 500m"),
    MEMORY_REQUEST("memory-request", SidecarOverride.QUANTITY, "a quantity like 128Mi"),
    MEMORY_LIMIT("memory-limit", SidecarOverride.QUANTITY, "a quantity like 256Mi"),
    LOG_LEVEL("log-level", "(?i)trace|debug|info|warn|error", "trace, debug, info, warn or error"),
    NATIVE("native", "auto|true|false", "auto, true or false");

    /** kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity, without a sign. */
    private static final String QUANTITY = "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?";

    private final String key;
    private final Pattern accepted;
    private final String requirement;

    SidecarOverride(String key, String accepted, String requirement) {
        this.key = SlotlessNames.SIDECAR_PREFIX + key;
        this.accepted = Pattern.compile(accepted);
        this.requirement = requirement;
    }

    static Optional<SidecarOverride> ofKey(String annotation) {
        return Arrays.stream(values())
                .filter(override -> override.key.equals(annotation))
                .findFirst();
    }

    boolean accepts(String value) {
        return accepted.matcher(value).matches();
    }

    Finding problemWith(String value) {
        return new Finding(Reason.BAD_OVERRIDE, key + " must be " + requirement + ", not \"" + value + "\"");
    }
}
