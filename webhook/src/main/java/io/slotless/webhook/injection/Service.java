package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Service, as far as it says which pods are the Redis, and at which port.
 *
 * @param ports those of TCP
 */
public record Service(Map<String, String> selector, List<Port> ports) {

    public Service {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /** What matters of the object. */
    public static Service of(io.fabric8.kubernetes.api.model.Service object) {
        ServiceSpec spec = object.getSpec();
        return spec == null
                ? new Service(Map.of(), List.of())
                : new Service(
                        selector(spec),
                        spec.getPorts().stream()
                                .filter(port -> port.getProtocol() == null
                                        || port.getProtocol().equals("TCP"))
                                .map(port -> new Port(shared(port.getName()), port.getPort()))
                                .toList());
    }

    private static Map<String, String> selector(ServiceSpec spec) {
        return spec.getSelector() == null
                ? Map.of()
                : spec.getSelector().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                entry -> entry.getKey().intern(), Map.Entry::getValue));
    }

    /** Thousands of Services have the same few. */
    private static @Nullable String shared(@Nullable String text) {
        return text == null ? null : text.intern();
    }

    /** @param name has none where it is the only port */
    public record Port(@Nullable String name, int number) {}
}
