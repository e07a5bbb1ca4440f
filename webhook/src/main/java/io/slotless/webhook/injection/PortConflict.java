package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.api.SlotlessNames;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ports that the pod's own containers have: all containers share one network, and whoever comes second cannot listen. */
final class PortConflict {

    private PortConflict() {}

    static Optional<Finding> find(Pod pod, List<TakenHost> hosts) {
        Set<Integer> needed = new HashSet<>(Set.of(SlotlessNames.MANAGEMENT_PORT));
        hosts.forEach(host -> needed.add(host.listenPort()));
        for (JsonNode container : pod.containers()) {
            for (JsonNode port : Pod.elements(container.path("ports"))) {
                boolean tcp = port.path("protocol").asText("TCP").equals("TCP");
                int number = port.path("containerPort").asInt();
                if (tcp && needed.contains(number)) {
                    String facts = "container " + container.path("name").asText() + ", port " + number;
                    return Optional.of(new Finding(Reason.PORT_IN_USE, facts));
                }
            }
        }
        return Optional.empty();
    }
}
