package io.slotless.webhook.status;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which RedisDestinations are for a host, by their keys. Not safe for several threads. */
final class HostIndex {

    private final Map<String, String> hosts = new HashMap<>();
    private final Map<String, Set<String>> keys = new HashMap<>();

    /**
     * Takes note of the host of a RedisDestination.
     *
     * @param host null when it has none any more
     * @return those that are concerned, too: of its former host and of its new one; nobody if nothing has changed
     */
    Set<String> put(String key, @Nullable String host) {
        String before = hosts.get(key);
        if (Objects.equals(before, host)) {
            return Set.of();
        }
        Set<String> others = new HashSet<>();
        if (before != null) {
            hosts.remove(key);
            others.addAll(leave(before, key));
        }
        if (host != null) {
            hosts.put(key, host);
            others.addAll(keys.getOrDefault(host, Set.of()));
            keys.merge(host, Set.of(key), HostIndex::together);
        }
        return others;
    }

    private Set<String> leave(String host, String key) {
        Set<String> left = keys.getOrDefault(host, Set.of());
        if (left.size() <= 1) {
            keys.remove(host);
            return Set.of();
        }
        left.remove(key);
        return left;
    }

    /** Nearly every host has but one, for which a set that can grow would be large. */
    private static Set<String> together(Set<String> present, Set<String> further) {
        Set<String> all = present.size() == 1 ? new HashSet<>(present) : present;
        all.addAll(further);
        return all;
    }

    Set<String> keys(String host) {
        return Set.copyOf(keys.getOrDefault(host, Set.of()));
    }
}
