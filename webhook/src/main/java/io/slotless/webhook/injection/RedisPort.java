package io.slotless.webhook.injection;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which port of a Service is Redis: the one named {@code redis*} or {@code tcp-redis*}, else 6379, else the only one. */
final class RedisPort {

    static final int DEFAULT = 6379;

    private RedisPort() {}

    static OptionalInt of(Service service) {
        List<Service.Port> ports = service.ports();
        Optional<Service.Port> named =
                ports.stream().filter(RedisPort::isNamedRedis).findFirst();
        if (named.isPresent()) {
            return OptionalInt.of(named.get().number());
        }
        if (has(service, DEFAULT)) {
            return OptionalInt.of(DEFAULT);
        }
        return ports.size() == 1 ? OptionalInt.of(ports.get(0).number()) : OptionalInt.empty();
    }

    static boolean has(Service service, int port) {
        return service.ports().stream().anyMatch(candidate -> candidate.number() == port);
    }

    private static boolean isNamedRedis(Service.Port port) {
        String name = port.name();
        return name != null && (name.startsWith("redis") || name.startsWith("tcp-redis"));
    }
}
