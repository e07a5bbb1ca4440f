package io.slotless.webhook.status;

import io.slotless.webhook.injection.RedisHost;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which pods can be asked about a host. Not safe for several threads.
 *
 * <p>Whoever may create pods can make one that claims to serve any host and that answers what he likes: nothing in a pod
 * proves that the webhook injected it. So its word is worth little: of a host outside the cluster only pods of the
 * RedisDestination's own namespace are asked; of a Service, pods of that namespace come first, and every other namespace
 * gets its next turn when all have had one. Most of the answers decide ({@link Readiness}), and what a pod says is cut
 * and cleaned ({@link ForeignText}). What is left to a liar: to make the status of a RedisDestination wrong that hardly
 * anybody else uses. Nothing but the status depends on it.
 */
final class ServingPods {

    private final Map<String, ServingPod> pods = new HashMap<>();
    private final Map<String, TreeSet<ServingPod>> byHost = new HashMap<>();

    /**
     * Takes note of a pod as it is now.
     *
     * @param pod null when it is gone, or cannot be asked any more
     * @return the hosts for which something has changed
     */
    Set<String> put(String key, @Nullable ServingPod pod) {
        ServingPod before = pod == null ? pods.remove(key) : pods.put(key, pod);
        if (Objects.equals(before, pod)) {
            return Set.of();
        }
        Set<String> changed = new TreeSet<>();
        if (before != null) {
            before.hosts().forEach(host -> remove(host, before));
            changed.addAll(before.hosts());
        }
        if (pod != null) {
            pod.hosts().forEach(host -> byHost.computeIfAbsent(host, name -> new TreeSet<>(ServingPod.OLDEST_FIRST))
                    .add(pod));
            changed.addAll(pod.hosts());
        }
        return changed;
    }

    /**
     * Whom to ask: the same ones as long as they run.
     *
     * @param own the namespace of the RedisDestination
     */
    List<ServingPod> choose(RedisHost host, String own, int most) {
        Map<String, Deque<ServingPod>> byNamespace = new TreeMap<>();
        for (ServingPod pod : byHost.getOrDefault(host.fullName(), new TreeSet<>(ServingPod.OLDEST_FIRST))) {
            if (host.service() != null || pod.namespace().equals(own)) {
                byNamespace
                        .computeIfAbsent(pod.namespace(), name -> new ArrayDeque<>())
                        .add(pod);
            }
        }
        List<Deque<ServingPod>> turns = new ArrayList<>();
        Deque<ServingPod> first = byNamespace.remove(own);
        if (first != null) {
            turns.add(first);
        }
        turns.addAll(byNamespace.values());
        List<ServingPod> chosen = new ArrayList<>();
        while (chosen.size() < most && !turns.isEmpty()) {
            for (Deque<ServingPod> turn : List.copyOf(turns)) {
                if (chosen.size() < most) {
                    chosen.add(turn.remove());
                }
                if (turn.isEmpty()) {
                    turns.remove(turn);
                }
            }
        }
        return chosen;
    }

    void clear() {
        pods.clear();
        byHost.clear();
    }

    private void remove(String host, ServingPod pod) {
        TreeSet<ServingPod> known = byHost.get(host);
        if (known != null) {
            known.remove(pod);
            if (known.isEmpty()) {
                byHost.remove(host);
            }
        }
    }
}
