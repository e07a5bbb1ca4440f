package io.slotless.it;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.fixture.kubernetes.ApiServer;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.SidecarProcess.Surroundings;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What most tests need, started once for all of them: a Redis Cluster, a single Redis, an API server, DNS, and one
 * sidecar that takes over three hosts, all on one port, as in a pod.
 */
public final class Stage {

    /** Behind it is the cluster, and its RedisDestination says so: the one of Aeraki's demo. */
    public static final String CLUSTER_HOST = "redis-cluster.redis.svc.cluster.local";

    /** Behind it is the single Redis; it has no RedisDestination. */
    public static final String SINGLE_HOST = "plain-redis.redis.svc.cluster.local";

    /** Behind it is the single Redis, until a test gives it a RedisDestination. */
    public static final String MOVING_HOST = "moving.redis.svc.cluster.local";

    private static final String NAMESPACE = "redis";
    private static final String AERAKI_CLUSTER = "crd/src/test/resources/aeraki/cluster.yaml";
    private static final int SIDECAR_ADDRESSES = 9;
    private static final Duration NODE_TIMEOUT = Duration.ofMillis(1500);

    private static Stage shared;

    private final int port;
    private final RedisCluster cluster;
    private final RedisServer single;
    private final ApiServer api;
    private final DnsServer dns;
    private final SidecarProcess sidecar;

    private Stage() {
        List<String> sidecarAddresses = IntStream.rangeClosed(1, SIDECAR_ADDRESSES)
                .mapToObj(Stage::sidecarAddress)
                .toList();
        List<InetSocketAddress> addresses = Loopback.reserve(7, sidecarAddresses, 0);
        port = addresses.get(0).getPort();
        single = RedisServer.start(addresses.get(6));
        cluster = RedisCluster.start(addresses.subList(0, 6), NODE_TIMEOUT);
        api = ApiServer.start();
        dns = DnsServer.start();
        dns.set(CLUSTER_HOST, hosts(addresses.subList(0, 6)));
        dns.set(SINGLE_HOST, hosts(addresses.subList(6, 7)));
        dns.set(MOVING_HOST, hosts(addresses.subList(6, 7)));
        api.apply(manifest(AERAKI_CLUSTER));
        sidecar = sidecar("shared", clusterBootstrap(1), host(SINGLE_HOST, 2), host(MOVING_HOST, 3));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Started at the first call, ended with the JVM. */
    public static synchronized Stage shared() {
        if (shared == null) {
            shared = new Stage();
        }
        return shared;
    }

    public int port() {
        return port;
    }

    public RedisCluster cluster() {
        return cluster;
    }

    public RedisServer single() {
        return single;
    }

    public ApiServer api() {
        return api;
    }

    public DnsServer dns() {
        return dns;
    }

    public SidecarProcess sidecar() {
        return sidecar;
    }

    /** Where the application finds the cluster. */
    public InetSocketAddress clusterHost() {
        return new InetSocketAddress(sidecarAddress(1), port);
    }

    /** Where the application finds the single Redis. */
    public InetSocketAddress singleHost() {
        return new InetSocketAddress(sidecarAddress(2), port);
    }

    /** Where the application finds the host that moves. */
    public InetSocketAddress movingHost() {
        return new InetSocketAddress(sidecarAddress(3), port);
    }

    /** A plain client of the cluster, through the sidecar. */
    public PlainRedisClient clusterClient() {
        return PlainRedisClient.connect(clusterHost());
    }

    /**
     * One more sidecar in these surroundings.
     *
     * @param name of its log
     */
    public SidecarProcess sidecar(String name, BootstrapHost... hosts) {
        return SidecarProcess.start(environment(hosts), surroundings(), log("sidecar-" + name));
    }

    /** As {@link #sidecar(String, BootstrapHost...)}, started in another way than usual. */
    public SidecarProcess sidecar(Launcher launcher, String name, BootstrapHost... hosts) {
        return SidecarProcess.start(launcher, environment(hosts), surroundings(), log("sidecar-" + name));
    }

    private static Map<String, String> environment(BootstrapHost... hosts) {
        return SidecarProcess.environment(new Bootstrap(Bootstrap.CURRENT_VERSION, "cluster.local", List.of(hosts)));
    }

    public Surroundings surroundings() {
        return new Surroundings(api.url(), dns.hostAndPort(), Java.work().resolve("secrets"));
    }

    public static Path log(String name) {
        return Java.work().resolve(name + "-" + ProcessHandle.current().pid() + ".log");
    }

    /** A file of the repository. */
    public static String manifest(String path) {
        try {
            return Files.readString(Java.root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A host that the sidecar takes over, without a RedisDestination of its own at admission.
     *
     * @param number the last number of the loopback address; 1 to 3 are the shared sidecar's, up to 9 are free
     */
    public BootstrapHost host(String name, int number) {
        return host(name, number, null);
    }

    /** The cluster's host with its RedisDestination; for the number see {@link #host}. */
    public BootstrapHost clusterBootstrap(int number) {
        return host(CLUSTER_HOST, number, Serialization.unmarshal(manifest(AERAKI_CLUSTER), DestinationSnapshot.class));
    }

    private BootstrapHost host(String name, int number, DestinationSnapshot destination) {
        return new BootstrapHost(name, sidecarAddress(number), port, name, port, NAMESPACE, destination);
    }

    /** A RedisDestination in the namespace of all hosts here. */
    public static String destination(String name, String host, String... redis) {
        return """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  host: %s
                  trafficPolicy:
                    connectionPool:
                      redis:
                %s""".formatted(name, NAMESPACE, host, String.join("\n", redis).indent(8));
    }

    public static String sidecarAddress(int number) {
        return "127.0.0." + number;
    }

    private static String[] hosts(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> address.getAddress().getHostAddress())
                .toArray(String[]::new);
    }

    private void close() {
        for (AutoCloseable closeable : Arrays.asList(sidecar, cluster, single, api, dns)) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.err.println("cannot close " + closeable + ": " + e);
            }
        }
    }
}
