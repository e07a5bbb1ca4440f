package io.slotless.sidecar.app;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds settings that look like ours but are not: a typing error must not become a default. */
final class UnknownKeys {

    /**
     * What a kubelet puts into the environment for a Service named {@code slotless…}
     * (kubernetes.io/docs/concepts/services-networking/service, "Environment variables").
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SLOTLESS\\w*_(SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)\\w*)");

    private UnknownKeys() {}

    /** All keys there are: {@code slotless.event-loops}, … A list counts once, without its indices. */
    static Set<String> known() {
        return ConfigMappings.getProperties(ConfigClass.configClass(SidecarConfig.class)).keySet().stream()
                .map(UnknownKeys::withoutIndex)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutIndex(String key) {
        return key.replaceFirst("\\[[0-9*]+\\]$", "");
    }

    /** The environment variable of a key. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * The unknown among {@code properties} and {@code variables}, in order.
     *
     * @param properties names of properties, of any program
     * @param variables names of environment variables, of any program
     */
    static Set<String> among(Iterable<String> properties, Set<String> variables) {
        Set<String> known = known();
        Set<String> unknown = new TreeSet<>();
        for (String property : properties) {
            // A variable comes a second time, as the property it might be meant for.
            if (property.startsWith(SidecarConfig.PREFIX + ".")
                    && !variables.contains(variable(property))
                    && !known.contains(withoutIndex(property))) {
                unknown.add(property);
            }
        }
        Set<String> knownVariables = known.stream().map(UnknownKeys::variable).collect(Collectors.toSet());
        for (String variable : variables) {
            if (variable.startsWith("SLOTLESS_")
                    && !knownVariables.contains(variable)
                    && !SERVICE_LINK.matcher(variable).matches()) {
                unknown.add(variable);
            }
        }
        return unknown;
    }
}
