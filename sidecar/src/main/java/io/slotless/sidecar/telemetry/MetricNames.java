package io.slotless.sidecar.telemetry;

/** The names of our metrics, in Micrometer's spelling; Prometheus shows {@code slotless_commands_total} and the like. */
final class MetricNames {

    /** Label: the Redis host. */
    static final String HOST = "host";

    /** Label: a kind of redirection. */
    static final String KIND = "kind";

    static final String CLIENTS = "slotless.clients";
    static final String CLIENT_CONNECTIONS = "slotless.client.connections";
    static final String COMMANDS = "slotless.commands";
    static final String REQUEST_BYTES = "slotless.request.bytes";
    static final String REPLY_BYTES = "slotless.reply.bytes";
    static final String PROTOCOL_ERRORS = "slotless.protocol.errors";
    static final String REQUESTS_HELD_BACK = "slotless.requests.held.back";
    static final String CLIENTS_EVICTED = "slotless.clients.evicted";
    static final String REDIRECTS = "slotless.redirects";
    static final String RETRIES = "slotless.retries";
    static final String UPSTREAM_CONNECTIONS = "slotless.upstream.connections";
    static final String UPSTREAM_DISCONNECTIONS = "slotless.upstream.disconnections";
    static final String TOPOLOGY_SHARDS = "slotless.topology.shards";
    static final String TOPOLOGY_NODES = "slotless.topology.nodes";
    static final String TOPOLOGY_CHANGES = "slotless.topology.changes";
    static final String TOPOLOGY_FAILURES = "slotless.topology.failures";
    static final String CLUSTER_MODE = "slotless.cluster.mode";
    static final String DESTINATION_PROBLEM = "slotless.destination.problem";
    static final String RECONFIGURATIONS = "slotless.reconfigurations";

    private MetricNames() {}
}
