package io.slotless.webhook.injection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Points the hosts in env values to their loopback addresses; nothing else in a value changes. */
final class HostRewrite {

    private final EnvRewrite rewrite;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Set<Integer>> ports = new HashMap<>();

    HostRewrite(EnvRewrite rewrite, List<TakenHost> hosts) {
        this.rewrite = rewrite;
        for (TakenHost host : hosts) {
            ports.computeIfAbsent(host.address(), address -> new HashSet<>()).add(host.listenPort());
            host.spellings().forEach(spelling -> addresses.put(spelling, host.address()));
        }
    }

    String apply(String variable, String value) {
        List<HostReference> references = references(variable, value);
        if (references.isEmpty()) {
            return value;
        }
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (HostReference reference : references) {
            String address = address(reference);
            if (address != null && serves(address, reference.port())) {
                result.append(value, copied, reference.start()).append(address);
                copied = reference.end();
            }
        }
        return result.append(value, copied, value.length()).toString();
    }

    /** Whether the value names a host that is taken over, with a port that is not. */
    boolean namesPortNotServed(String variable, String value) {
        return references(variable, value).stream().anyMatch(reference -> {
            String address = address(reference);
            return address != null && !serves(address, reference.port());
        });
    }

    private List<HostReference> references(String variable, String value) {
        List<HostReference> all = HostReferences.plain(value);
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(reference -> rewrite.covers(variable, reference))
                        .toList();
    }

    private @Nullable String address(HostReference reference) {
        return HostName.parse(reference.host()).map(addresses::get).orElse(null);
    }

    private boolean serves(String address, OptionalInt port) {
        return port.isEmpty() || ports.getOrDefault(address, Set.of()).contains(port.getAsInt());
    }
}
