package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which port of a Service is Redis: the one named {@code redis*} or {@code tcp-redis*}, else 6379, else the only one. */
final class RedisPort {

    static final int DEFAULT = 6379;

    private RedisPort() {}

    static OptionalInt of(Service service) {
        List<ServicePort> ports = ports(service);
        Optional<ServicePort> named =
                ports.stream().filter(RedisPort::isNamedRedis).findFirst();
        if (named.isPresent()) {
            return OptionalInt.of(named.get().getPort());
        }
        if (has(service, DEFAULT)) {
            return OptionalInt.of(DEFAULT);
        }
        return ports.size() == 1 ? OptionalInt.of(ports.get(0).getPort()) : OptionalInt.empty();
    }

    static boolean has(Service service, int port) {
        return ports(service).stream().anyMatch(candidate -> candidate.getPort() == port);
    }

    private static boolean isNamedRedis(ServicePort port) {
        String name = port.getName();
        return name != null && (name.startsWith("redis") || name.startsWith("tcp-redis"));
    }

    private static List<ServicePort> ports(Service service) {
        return service.getSpec().getPorts().stream()
                .filter(port -> port.getProtocol() == null || port.getProtocol().equals("TCP"))
                .toList();
    }
}
