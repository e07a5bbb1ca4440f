package io.slotless.benchmark.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The Lease of the election. Nobody stands against the webhook; if it is not to lead, another one has it for good. */
final class ElectionLease {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OF_ANOTHER = """
            {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "slotless-webhook-leader", \
            "namespace": "slotless"}, "spec": {"holderIdentity": "another", "leaseDurationSeconds": 15, \
            "acquireTime": "%1$s", "renewTime": "%1$s", "leaseTransitions": 0}}""";

    private final boolean free;
    private ObjectNode lease = JSON.createObjectNode();
    private int version;

    ElectionLease(Role role) {
        this.free = role != Role.FOLLOWER;
    }

    /** As it is now, if there is one. */
    synchronized Optional<String> read() {
        if (!free) {
            // Of any time zone's six digits: MicroTime
            // (kubernetes.io/docs/reference/kubernetes-api/common-definitions).
            return Optional.of(OF_ANOTHER.formatted(Instant.now().toString().replaceAll("(\\.\\d{6})\\d*Z", "$1Z")));
        }
        return lease.isEmpty() ? Optional.empty() : Optional.of(lease.toString());
    }

    /** Creates it, or merges a change into it. */
    synchronized String write(byte[] body) throws IOException {
        ObjectNode changed = JSON.readerForUpdating(lease).readValue(body);
        changed.withObject("/metadata").put("resourceVersion", Integer.toString(++version));
        lease = changed;
        return lease.toString();
    }

    synchronized boolean isTaken() {
        JsonNode holder = lease.at("/spec/holderIdentity");
        return holder.isTextual() && !holder.textValue().isEmpty();
    }
}
