package io.slotless.webhook.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.netty.util.NetUtil;
import io.slotless.api.SlotlessNames;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A running pod whose sidecar can be asked: what is kept of it.
 *
 * @param created RFC 3339
 * @param hosts the full names of the Redis hosts that it says to take over
 */
record ServingPod(String namespace, String name, String ip, String created, Set<String> hosts) {

    static final Comparator<ServingPod> OLDEST_FIRST =
            Comparator.comparing(ServingPod::created).thenComparing(ServingPod::key);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    String key() {
        return namespace + "/" + name;
    }

    /**
     * The record of a pod; empty when there is nobody to ask. On the node's own network the address would be the node's,
     * where anything may listen: such pods are never injected.
     */
    static Optional<ServingPod> of(GenericKubernetesResource pod) {
        Object ip = pod.get("status", "podIP");
        Set<String> hosts = hosts(pod.getMetadata().getAnnotations().get(SlotlessNames.STATUS));
        if (!(ip instanceof String address) || !isAddress(address) || !runs(pod) || hosts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServingPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                address,
                pod.getMetadata().getCreationTimestamp(),
                hosts));
    }

    private static boolean runs(GenericKubernetesResource pod) {
        return "Running".equals(pod.get("status", "phase"))
                && pod.getMetadata().getDeletionTimestamp() == null
                && !Boolean.TRUE.equals(pod.get("spec", "hostNetwork"));
    }

    /** Of the annotation that the webhook wrote, or somebody else. */
    static Set<String> hosts(@Nullable String annotation) {
        Set<String> hosts = new HashSet<>();
        try {
            JsonNode status = MAPPER.readTree(annotation == null ? "" : annotation);
            status.path("hosts").forEach(host -> hosts.add(host.path("host").asText()));
        } catch (JsonProcessingException e) {
            return Set.of();
        }
        return Set.copyOf(hosts);
    }

    private static boolean isAddress(String ip) {
        return NetUtil.isValidIpV4Address(ip) || NetUtil.isValidIpV6Address(ip);
    }
}
