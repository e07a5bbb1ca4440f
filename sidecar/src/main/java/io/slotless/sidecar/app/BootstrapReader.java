package io.slotless.sidecar.app;

import io.slotless.api.SlotlessNames;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.json.JsonDocuments;
import io.slotless.sidecar.json.JsonValue;
import io.slotless.sidecar.json.WrongTypeException;
import io.slotless.sidecar.kubernetes.DestinationDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the webhook handed to us. */
final class BootstrapReader {

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
            JsonValue tree = JsonDocuments.json(json);
            check(tree);
            List<BootstrapHost> hosts = new ArrayList<>();
            for (JsonValue host : tree.at("hosts").items()) {
                hosts.add(host(host));
            }
            return new Bootstrap(
                    tree.at("version").asInt(), tree.at("clusterDomain").asText(), hosts);
        } catch (IOException | WrongTypeException e) {
            throw refused("is not the JSON that the webhook writes: " + e.getMessage());
        }
    }

    private static BootstrapHost host(JsonValue host) {
        JsonValue destination = host.at("destination");
        return new BootstrapHost(
                host.at("host").asText(),
                host.at("listenAddress").asText(),
                host.at("listenPort").asInt(),
                host.at("upstreamHost").asText(),
                host.at("upstreamPort").asInt(),
                host.at("namespace").asText(),
                destination.isObject() ? DestinationDecoder.read(destination) : null);
    }

    private static void check(JsonValue tree) {
        int version = tree.at("version").asInt();
        if (version < 1) {
            throw refused("has no version");
        }
        if (version > Bootstrap.CURRENT_VERSION) {
            throw refused("has version " + version + ", and this sidecar reads up to " + Bootstrap.CURRENT_VERSION
                    + ": it needs a newer image");
        }
        if (!tree.at("clusterDomain").isText()) {
            throw refused("has no clusterDomain");
        }
        if (tree.at("hosts").items().isEmpty()) {
            throw refused("has no hosts");
        }
        tree.at("hosts").items().forEach(BootstrapReader::checkHost);
    }

    private static void checkHost(JsonValue host) {
        for (String field : TEXTS) {
            if (host.at(field).asText().isBlank()) {
                throw refused("has a host without " + field);
            }
        }
        for (String field : PORTS) {
            int port = host.at(field).asInt();
            if (port < 1 || port > 65_535) {
                throw refused("has a host without " + field);
            }
        }
    }

    private static ConfigurationException refused(String reason) {
        return new ConfigurationException("slotless: " + SlotlessNames.BOOTSTRAP_ENV + " " + reason);
    }
}
