package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
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

    /** Adds names to the entry of an address. The API allows one entry for an address: the address is the list's key. */
    static void add(ObjectNode spec, String address, List<String> names) {
        ArrayNode aliases = spec.withArrayProperty("hostAliases");
        ObjectNode alias = (ObjectNode) Pod.elements(aliases).stream()
                .filter(candidate -> candidate.path("ip").asText().equals(address))
                .findFirst()
                .orElseGet(() -> aliases.addObject().put("ip", address));
        ArrayNode hostnames = alias.withArrayProperty("hostnames");
        Set<String> present =
                Pod.elements(hostnames).stream().map(JsonNode::asText).collect(Collectors.toSet());
        names.stream().filter(name -> !present.contains(name)).forEach(hostnames::add);
    }
}
