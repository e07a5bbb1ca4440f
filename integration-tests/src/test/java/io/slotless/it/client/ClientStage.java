package io.slotless.it.client;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the suites need, started once for all of them: a cluster, a single Redis, and a sidecar that reads a folder. */
final class ClientStage {

    /** Long: a failover because the machine is busy would be another test. */
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(15);

    private static ClientStage shared;

    private final RedisCluster cluster;
    private final RedisServer single;
    private final InetSocketAddress clusterMode = free();
    private final InetSocketAddress clusterAsCluster = free();
    private final InetSocketAddress singleAsCluster = free();
    private final SidecarProcess sidecar;

    private ClientStage() {
        List<InetSocketAddress> addresses = Loopback.reserve(7, List.of(), 0);
        single = RedisServer.start(addresses.get(6));
        cluster = RedisCluster.start(addresses.subList(0, 6), NODE_TIMEOUT);
        Path folder = folder();
        write(folder, "cluster", clusterMode, addresses.get(0), "mode: CLUSTER");
        // Destinations are told apart by their hosts.
        write(folder, "as-cluster", clusterAsCluster, addresses.get(1), "mode: CLUSTER", "presentAs: CLUSTER");
        write(folder, "single", singleAsCluster, single.address(), "mode: PROXY", "presentAs: CLUSTER");
        sidecar = SidecarProcess.start(
                Map.of("SLOTLESS_DIRECTORY", folder.toString()),
                Map.of(),
                "127.0.0.1",
                Loopback.freePort(),
                Java.work().resolve("sidecar-clients-" + ProcessHandle.current().pid() + ".log"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Started at the first call, ended with the JVM. */
    static synchronized ClientStage shared() {
        if (shared == null) {
            shared = new ClientStage();
        }
        return shared;
    }

    /** A single Redis, and nothing between. */
    InetSocketAddress single() {
        return single.address();
    }

    /** The sidecar in front of a cluster. */
    InetSocketAddress clusterMode() {
        return clusterMode;
    }

    /** The sidecar in front of a cluster, as a cluster of one node. */
    InetSocketAddress clusterAsCluster() {
        return clusterAsCluster;
    }

    /** The sidecar in front of the single Redis, as a cluster of one node. */
    InetSocketAddress singleAsCluster() {
        return singleAsCluster;
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress("127.0.0.1", Loopback.freePort());
    }

    private static Path folder() {
        try {
            Files.createDirectories(Java.work());
            return Files.createTempDirectory(Java.work(), "destinations-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(
            Path folder, String name, InetSocketAddress listen, InetSocketAddress redis, String... settings) {
        String yaml = """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: %s
                  annotations:
                    slotless.io/listen: "%s:%d"
                spec:
                  host: %s
                  port: %d
                  trafficPolicy:
                    connectionPool:
                      redis:
                %s""".formatted(
                        name,
                        listen.getHostString(),
                        listen.getPort(),
                        redis.getHostString(),
                        redis.getPort(),
                        String.join("\n", settings).indent(8));
        try {
            Files.writeString(folder.resolve(name + ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        for (AutoCloseable closeable : Arrays.asList(sidecar, cluster, single)) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.err.println("cannot close " + closeable + ": " + e);
            }
        }
    }
}
