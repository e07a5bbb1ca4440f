package io.slotless.benchmark.system;

import static org.awaitility.Awaitility.await;

import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.fixture.kubernetes.ApiServer;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.SidecarProcess.Surroundings;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our sidecars, each a process for one host, watching an API server. */
public final class Sidecars implements AutoCloseable {

    /** Our name in the report. */
    public static final String PRODUCT = "Slotless";

    private static final String HOST = "redis.%s.svc.cluster.local";
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);
    private static final String DESTINATION = """
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata:
              name: redis
              namespace: %s
            spec:
              host: %s
              trafficPolicy:
                connectionPool:
                  redis:
                    mode: %s
            """;

    private final Launcher launcher;
    private final Servers servers;
    private final Path logs;
    private final ApiServer api = ApiServer.start();
    private final DnsServer dns = DnsServer.start();
    private final List<SidecarProcess> sidecars = new ArrayList<>();

    public Sidecars(Launcher launcher, Servers servers, Path logs) {
        this.launcher = launcher;
        this.servers = servers;
        this.logs = logs;
        define("proxy", Mode.PROXY, servers.single().address());
        define("cluster", Mode.CLUSTER, servers.cluster().primaryOf(0).address());
    }

    private void define(String namespace, Mode mode, InetSocketAddress redis) {
        String host = HOST.formatted(namespace);
        dns.set(host, redis.getAddress().getHostAddress());
        api.apply(DESTINATION.formatted(namespace, host, mode));
    }

    /** Starts one and waits until it serves as its RedisDestination says. */
    public Target start(Mode mode, int eventLoops) {
        String namespace = mode == Mode.PROXY ? "proxy" : "cluster";
        String host = HOST.formatted(namespace);
        InetSocketAddress redis = mode == Mode.PROXY
                ? servers.single().address()
                : servers.cluster().primaryOf(0).address();
        InetSocketAddress listen = new InetSocketAddress("127.0.0.1", Loopback.freePort());
        Bootstrap bootstrap = new Bootstrap(
                Bootstrap.CURRENT_VERSION,
                "cluster.local",
                List.of(new BootstrapHost(
                        host, "127.0.0.1", listen.getPort(), host, redis.getPort(), namespace, null)));
        Map<String, String> environment = new LinkedHashMap<>(SidecarProcess.environment(bootstrap));
        environment.put("SLOTLESS_EVENT_LOOPS", Integer.toString(eventLoops));
        SidecarProcess sidecar = SidecarProcess.start(
                launcher,
                environment,
                new Surroundings(api.url(), dns.hostAndPort(), Java.work().resolve("secrets")),
                logs.resolve("slotless-" + namespace + "-" + eventLoops + ".log"));
        sidecars.add(sidecar);
        if (mode == Mode.CLUSTER) {
            awaitCluster(listen);
        }
        String setting = eventLoops == 1 ? "" : eventLoops + " event loops";
        return new Target(
                new Variant(PRODUCT, mode, setting),
                listen,
                List.of(sidecar.process().pid()));
    }

    /** Until the RedisDestination is seen the cluster's own redirections pass. */
    private static void awaitCluster(InetSocketAddress listen) {
        try (PlainRedisClient client = PlainRedisClient.connect(listen)) {
            await("CLUSTER mode").atMost(CHANGE_TIMEOUT).until(() -> !client.call("MSET", "a", "1", "b", "2")
                    .isError());
        }
    }

    @Override
    public void close() {
        sidecars.forEach(SidecarProcess::close);
        dns.close();
        api.close();
    }
}
