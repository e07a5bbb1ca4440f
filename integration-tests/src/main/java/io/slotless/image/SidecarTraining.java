package io.slotless.image;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.FixedApiServer;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sidecar's day: a host in front of a single Redis, another in front of a cluster, plain and pipelined commands. */
final class SidecarTraining {

    private static final String CLUSTER = "cluster.redis.svc.cluster.local";
    private static final String SINGLE = "single.redis.svc.cluster.local";
    private static final int ROUNDS = 500;
    private static final String USER = "app";
    private static final String PASSWORD = "hunter2";
    private static final String DESTINATION = """
            {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination",
             "metadata": {"name": "cluster", "namespace": "redis", "uid": "d", "resourceVersion": "1", "generation": 1,
              "creationTimestamp": "2026-01-01T00:00:00Z", "labels": {"app": "cache"}},
             "spec": {"host": "%s", "trafficPolicy": {"connectionPool": {"redis": {
              "mode": "CLUSTER", "auth": {"secret": {"name": "cluster"}}}}}}}""".formatted(CLUSTER);
    private static final String SECRET = """
            {"apiVersion": "v1", "kind": "Secret", "type": "Opaque",
             "metadata": {"name": "cluster", "namespace": "redis", "uid": "s", "resourceVersion": "1",
              "creationTimestamp": "2026-01-01T00:00:00Z"},
             "stringData": {"username": "%s", "password": "%s"}}""".formatted(USER, PASSWORD);

    private SidecarTraining() {}

    /** Sends SIGTERM in the end, and does not wait. */
    static ChildProcess run(Launcher launcher, Path log) {
        List<InetSocketAddress> servers = Loopback.reserve(5, List.of("127.0.0.1", "127.0.0.2"), 0);
        int port = servers.get(0).getPort();
        try (RedisServer single = RedisServer.start(servers.get(4));
                RedisCluster cluster = RedisCluster.start(servers.subList(0, 4), Duration.ofSeconds(15));
                FixedApiServer api = apiServer();
                DnsServer dns = DnsServer.start()) {
            dns.set(SINGLE, address(single.address()));
            dns.set(CLUSTER, address(cluster.primaryOf(0).address()));
            cluster.nodes()
                    .forEach(node -> node.call("ACL", "SETUSER", USER, "on", ">" + PASSWORD, "~*", "&*", "+@all"));
            Bootstrap bootstrap = new Bootstrap(
                    Bootstrap.CURRENT_VERSION,
                    "cluster.local",
                    List.of(
                            host(SINGLE, "127.0.0.1", port, null),
                            host(
                                    CLUSTER,
                                    "127.0.0.2",
                                    port,
                                    Serialization.unmarshal(DESTINATION, DestinationSnapshot.class))));
            Map<String, String> settings = new HashMap<>(api.settings(Java.work()));
            settings.put("slotless.dns.servers", dns.hostAndPort());
            settings.put(
                    "slotless.secrets-directory", Java.work().resolve("secrets").toString());
            SidecarProcess sidecar =
                    SidecarProcess.start(launcher, SidecarProcess.environment(bootstrap), settings, log);
            drive(new InetSocketAddress("127.0.0.1", port));
            drive(new InetSocketAddress("127.0.0.2", port));
            sidecar.metrics();
            sidecar.process().terminate();
            return sidecar.process();
        }
    }

    private static void drive(InetSocketAddress server) {
        try (PlainRedisClient client = PlainRedisClient.connect(server)) {
            // Until the RedisDestination is seen the cluster's own redirections pass.
            await().ignoreExceptions()
                    .until(() -> !client.call("MSET", "a", "1", "b", "2").isError());
            for (int i = 0; i < ROUNDS; i++) {
                client.demand("SET", "key:" + i, "value");
                client.demand("GET", "key:" + i);
                client.demand("MGET", "key:" + i, "key:" + (i + 1));
                client.demand("HSET", "hash:" + i, "field", "value");
            }
            List<List<byte[]>> pipeline = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                pipeline.add(PlainRedisClient.bytes("GET", "key:" + i));
                pipeline.add(PlainRedisClient.bytes("INCR", "counter:" + i));
            }
            client.pipeline(pipeline);
            client.demand("DBSIZE");
        }
    }

    private static FixedApiServer apiServer() {
        return new FixedApiServer(
                Certificates.create(Java.work().resolve("training-tls")),
                Map.of(
                        "/apis/redis.aeraki.io/v1alpha1/namespaces/redis/redisdestinations",
                        query -> DESTINATION,
                        "/api/v1/namespaces/redis/secrets",
                        query -> SECRET));
    }

    private static BootstrapHost host(String name, String address, int port, @Nullable DestinationSnapshot copy) {
        return new BootstrapHost(name, address, port, name, port, "redis", copy);
    }

    private static String address(InetSocketAddress server) {
        return server.getAddress().getHostAddress();
    }
}
