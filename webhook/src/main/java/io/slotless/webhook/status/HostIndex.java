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
        String before = host == null ? hosts.remove(key) : hosts.put(key, host);
        if (Objects.equals(before, host)) {
            return Set.of();
        }
        Set<String> others = new HashSet<>();
        if (before != null) {
            Set<String> left = keys.getOrDefault(before, new HashSet<>());
            left.remove(key);
            if (left.isEmpty()) {
                keys.remove(before);
            }
            others.addAll(left);
        }
        if (host != null) {
            Set<String> joined = keys.computeIfAbsent(host, name -> new HashSet<>());
            others.addAll(joined);
            joined.add(key);
        }
        return others;
    }

    Set<String> keys(String host) {
        return Set.copyOf(keys.getOrDefault(host, Set.of()));
    }
}
