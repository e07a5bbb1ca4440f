package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code slotless.io/} annotations of one object that change the sidecar.
 *
 * @param values the ones that can be followed
 * @param problems the ones that cannot
 * @param unknown annotations with our prefix that mean nothing
 */
record SidecarOverrides(Map<SidecarOverride, String> values, List<Finding> problems, List<Finding> unknown) {

    private static final Set<String> OTHER_KEYS =
            Set.of(SlotlessNames.INJECT, SlotlessNames.HOSTS, SlotlessNames.REWRITE_ENV, SlotlessNames.STATUS);

    static SidecarOverrides of(Map<String, String> annotations) {
        Map<SidecarOverride, String> values = new EnumMap<>(SidecarOverride.class);
        List<Finding> problems = new ArrayList<>();
        List<Finding> unknown = new ArrayList<>();
        annotations.forEach((key, value) -> {
            if (!key.startsWith(SlotlessNames.PREFIX) || OTHER_KEYS.contains(key)) {
                return;
            }
            Optional<SidecarOverride> override = SidecarOverride.ofKey(key);
            if (override.isEmpty()) {
                unknown.add(new Finding(Reason.UNKNOWN_ANNOTATION, key));
            } else if (override.get().accepts(value)) {
                values.put(override.get(), value);
            } else {
                problems.add(override.get().problemWith(value));
            }
        });
        return new SidecarOverrides(values, problems, unknown);
    }
}
