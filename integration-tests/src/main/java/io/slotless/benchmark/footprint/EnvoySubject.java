package io.slotless.benchmark.footprint;

import io.slotless.fixture.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Envoy with its Redis proxy in front of the same cluster, one worker, one destination, nothing to follow: its control plane is
 * another process.
 *
 * @param program path of Envoy
 */
record EnvoySubject(Path program, FootprintStage stage) implements Subject {

    private static final String CONFIG = """
            static_resources:
              listeners:
              - address: {socket_address: {address: %s, port_value: %d}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.redis_proxy
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.redis_proxy.v3.RedisProxy
                      stat_prefix: redis
                      settings: {op_timeout: 5s, enable_redirection: true}
                      prefix_routes: {catch_all_route: {cluster: redis}}
              clusters:
              - name: redis
                connect_timeout: 1s
                lb_policy: CLUSTER_PROVIDED
                cluster_type:
                  name: envoy.clusters.redis
                  typed_config:
                    "@type": type.googleapis.com/google.protobuf.Struct
                    value: {cluster_refresh_rate: 30s}
                load_assignment:
                  cluster_name: redis
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: %s, port_value: %d}}}
            """;

    @Override
    public String name() {
        return "Envoy";
    }

    @Override
    public ChildProcess start(Path log) {
        InetSocketAddress seed = stage.seed();
        Path config = log.resolveSibling("envoy.yaml");
        try {
            Files.writeString(
                    config,
                    CONFIG.formatted(
                            address().getAddress().getHostAddress(),
                            address().getPort(),
                            seed.getAddress().getHostAddress(),
                            seed.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildProcess.start(
                name(),
                List.of(
                        program.toString(),
                        "-c",
                        config.toString(),
                        "--concurrency",
                        "1",
                        "-l",
                        "error",
                        "--disable-hot-restart"),
                Map.of(),
                log);
    }

    @Override
    public InetSocketAddress address() {
        return stage.address();
    }

    @Override
    public boolean isReady() {
        return true;
    }
}
