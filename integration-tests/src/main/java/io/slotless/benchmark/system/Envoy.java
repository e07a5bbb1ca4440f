package io.slotless.benchmark.system;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Envoy with its filter redis_proxy and one worker, configured as Aeraki does; with redirections, which Aeraki leaves off.
 *
 * @param binary the program
 */
public record Envoy(Path binary) implements Peer {

    public static final String PRODUCT = "Envoy";

    /** Envoy does not collect commands by default; this size is the one that its documentation and Aeraki's suggest. */
    private static final String BATCHING = "flush at 1 KiB or 100 µs";

    private static final String CONFIGURATION = """
            static_resources:
              listeners:
                - name: redis
                  address: {socket_address: {address: %s, port_value: %d}}
                  filter_chains:
                    - filters:
                        - name: envoy.filters.network.redis_proxy
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.network.redis_proxy.v3.RedisProxy
                            stat_prefix: redis
                            settings: {op_timeout: 60s%s}
                            prefix_routes: {catch_all_route: {cluster: redis}}
              clusters:
                - name: redis
                  connect_timeout: 10s
                  %s
                  circuit_breakers:
                    thresholds: [{max_connections: 4294967295, max_pending_requests: 4294967295, \
            max_requests: 4294967295, max_retries: 4294967295}]
                  load_assignment:
                    cluster_name: redis
                    endpoints:
                      - lb_endpoints:
            %s
            """;

    private static final String PLAIN = "type: STATIC\n      lb_policy: MAGLEV";
    private static final String REDIS_CLUSTER =
            "cluster_type: {name: envoy.clusters.redis}\n      lb_policy: CLUSTER_PROVIDED";

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public String version() {
        return CommandOutput.of(binary.toString(), "--version")
                .replaceFirst("(?s).*version: [^/]+/([^/]+)/.*", "Envoy $1");
    }

    @Override
    public String settings() {
        return "concurrency 1, read policy MASTER, enable_redirection in front of the cluster";
    }

    @Override
    public List<Variant> variants() {
        return List.of(
                Variant.of(PRODUCT, Mode.PROXY),
                Variant.of(PRODUCT, Mode.CLUSTER),
                new Variant(PRODUCT, Mode.CLUSTER, BATCHING));
    }

    @Override
    public List<String> prepare(
            Variant variant, InetSocketAddress listen, List<InetSocketAddress> redis, Path configuration) {
        boolean cluster = variant.mode() == Mode.CLUSTER;
        String settings = cluster ? ", enable_redirection: true" : "";
        if (variant.setting().equals(BATCHING)) {
            settings += ", max_buffer_size_before_flush: 1024, buffer_flush_timeout: 0.0001s";
        }
        // By its extension Envoy knows what it is.
        Path yaml = configuration.resolveSibling(configuration.getFileName() + ".yaml");
        Configuration.write(
                yaml,
                CONFIGURATION.formatted(
                        listen.getAddress().getHostAddress(),
                        listen.getPort(),
                        settings,
                        cluster ? REDIS_CLUSTER : PLAIN,
                        redis.stream().map(Envoy::endpoint).collect(Collectors.joining("\n"))));
        return List.of(
                binary.toString(),
                "--config-path",
                yaml.toString(),
                "--concurrency",
                "1",
                "--log-level",
                "warn",
                "--disable-hot-restart");
    }

    private static String endpoint(InetSocketAddress server) {
        return " ".repeat(14)
                + "- endpoint: {address: {socket_address: {address: %s, port_value: %d}}}"
                        .formatted(server.getAddress().getHostAddress(), server.getPort());
    }
}
