package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The pod's hosts file, beyond what Kubernetes writes itself. */
final class HostAliases {

    private HostAliases() {}

    /** The names it already resolves, in lower case. */
    static Set<String> names(Pod pod) {
        return Pod.elements(pod.spec().path("hostAliases")).stream()
                .flatMap(alias -> Pod.elements(alias.path("hostnames")).stream())
                .map(name -> name.asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /**
     * Points the hosts to their addresses. The API allows one entry for an address: the address is the list's key.
     *
     * @param spec of a pod: a copy, whose fields may be set
     */
    static void add(ObjectNode spec, List<TakenHost> hosts) {
        ArrayNode aliases = CopyOnWrite.arrayIn(spec, "hostAliases");
        Map<String, ArrayNode> namesOf = new HashMap<>();
        for (TakenHost host : hosts) {
            ArrayNode names = namesOf.computeIfAbsent(host.address(), address -> names(aliases, address));
            Set<String> present =
                    Pod.elements(names).stream().map(JsonNode::asText).collect(Collectors.toSet());
            host.spellings().stream().filter(name -> !present.contains(name)).forEach(names::add);
        }
    }

    /** A copy of the names of an address, in its place, to which others may be added. */
    private static ArrayNode names(ArrayNode aliases, String address) {
        for (int i = 0; i < aliases.size(); i++) {
            if (aliases.path(i).path("ip").asText().equals(address)) {
                ObjectNode alias = CopyOnWrite.copy(aliases.path(i));
                aliases.set(i, alias);
                return CopyOnWrite.arrayIn(alias, "hostnames");
            }
        }
        return aliases.addObject().put("ip", address).putArray("hostnames");
    }
}
