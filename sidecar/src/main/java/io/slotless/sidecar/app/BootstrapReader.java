package io.slotless.sidecar.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.api.SlotlessNames;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.kubernetes.DestinationDecoder;
import java.util.ArrayList;
import java.util.List;

/** Reads what the webhook handed to us. */
final class BootstrapReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> TEXTS = List.of("host", "listenAddress", "upstreamHost", "namespace");
    private static final List<String> PORTS = List.of("listenPort", "upstreamPort");

    private BootstrapReader() {}

    /**
     * Reads a bootstrap.
     *
     * @throws ConfigurationException with one line for the user
     */
    static Bootstrap read(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            check(tree);
            List<BootstrapHost> hosts = new ArrayList<>();
            for (JsonNode host : tree.path("hosts")) {
                hosts.add(host(host));
            }
            return new Bootstrap(
                    tree.path("version").asInt(), tree.path("clusterDomain").asText(), hosts);
        } catch (JsonProcessingException e) {
            throw refused("is not the JSON that the webhook writes: " + e.getOriginalMessage());
        }
    }

    /** Field by field: Jackson takes longer to learn what a record is than to read a thousand. */
    private static BootstrapHost host(JsonNode host) throws JsonProcessingException {
        JsonNode destination = host.path("destination");
        return new BootstrapHost(
                host.path("host").asText(),
                host.path("listenAddress").asText(),
                host.path("listenPort").asInt(),
                host.path("upstreamHost").asText(),
                host.path("upstreamPort").asInt(),
                host.path("namespace").asText(),
                destination.isObject() ? DestinationDecoder.read(destination) : null);
    }

    private static void check(JsonNode tree) {
        int version = tree.path("version").asInt();
        if (version < 1) {
            throw refused("has no version");
        }
        if (version > Bootstrap.CURRENT_VERSION) {
            throw refused("has version " + version + ", and this sidecar reads up to " + Bootstrap.CURRENT_VERSION
                    + ": it needs a newer image");
        }
        if (!tree.path("clusterDomain").isTextual()) {
            throw refused("has no clusterDomain");
        }
        if (tree.path("hosts").isEmpty()) {
            throw refused("has no hosts");
        }
        tree.path("hosts").forEach(BootstrapReader::checkHost);
    }

    private static void checkHost(JsonNode host) {
        for (String field : TEXTS) {
            if (host.path(field).asText().isBlank()) {
                throw refused("has a host without " + field);
            }
        }
        for (String field : PORTS) {
            int port = host.path(field).asInt();
            if (port < 1 || port > 65_535) {
                throw refused("has a host without " + field);
            }
        }
    }

    private static ConfigurationException refused(String reason) {
        return new ConfigurationException("slotless: " + SlotlessNames.BOOTSTRAP_ENV + " " + reason);
    }
}
