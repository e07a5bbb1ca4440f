package io.slotless.benchmark.footprint;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.FixedApiServer;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is around a sidecar: an API server, DNS, and a cluster of three primaries and their replicas that is behind every
 * destination. The first destination needs no password, so that it can be served from the bootstrap; the others have theirs in a
 * Secret each.
 */
final class FootprintStage implements AutoCloseable {

    private static final String USER = "app";
    private static final String PASSWORD = "hunter2";
    private static final Pattern NAMED = Pattern.compile("metadata\\.name=redis-(\\d+)");
    private static final int NODES = 6;

    private final int destinations;
    private final int port;
    private final RedisCluster cluster;
    private final DnsServer dns = DnsServer.start();
    private final FixedApiServer api;

    FootprintStage(int destinations) {
        this.destinations = destinations;
        List<String> listen = IntStream.range(0, destinations)
                .mapToObj(FootprintStage::listen)
                .toList();
        List<InetSocketAddress> servers = Loopback.reserve(NODES, listen, 0);
        port = servers.get(0).getPort();
        cluster = RedisCluster.start(servers, Duration.ofSeconds(15));
        cluster.nodes().forEach(node -> node.call("ACL", "SETUSER", USER, "on", ">" + PASSWORD, "~*", "&*", "+@all"));
        IntStream.range(0, destinations)
                .forEach(number -> dns.set(host(number), seed().getAddress().getHostAddress()));
        api = new FixedApiServer(
                Certificates.create(Java.work().resolve("benchmark-tls")),
                Map.of(
                        "/apis/redis.aeraki.io/v1alpha1/namespaces/redis/redisdestinations",
                        query -> IntStream.range(0, destinations)
                                .mapToObj(FootprintStage::destination)
                                .collect(Collectors.joining(",\n")),
                        "/api/v1/namespaces/redis/secrets",
                        FootprintStage::secret));
    }

    /** What the webhook would hand to the sidecar. */
    Bootstrap bootstrap() {
        return new Bootstrap(
                Bootstrap.CURRENT_VERSION,
                "cluster.local",
                IntStream.range(0, destinations)
                        .mapToObj(number -> new BootstrapHost(
                                host(number),
                                listen(number),
                                port,
                                host(number),
                                port,
                                "redis",
                                Serialization.unmarshal(destination(number), DestinationSnapshot.class)))
                        .toList());
    }

    /** How it finds what is around it. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(api.settings(Java.work()));
        settings.put("slotless.dns.servers", dns.hostAndPort());
        settings.put(
                "slotless.secrets-directory", Java.work().resolve("secrets").toString());
        return settings;
    }

    /** Where clients of the first destination connect. */
    InetSocketAddress address() {
        return new InetSocketAddress(listen(0), port);
    }

    /** One node of the cluster. */
    InetSocketAddress seed() {
        return cluster.nodes().get(0).address();
    }

    private static String listen(int number) {
        return "127.0.0." + (number + 1);
    }

    private static String host(int number) {
        return "redis-" + number + ".redis.svc.cluster.local";
    }

    private static String destination(int number) {
        String auth = number == 0 ? "" : ", \"auth\": {\"secret\": {\"name\": \"redis-" + number + "\"}}";
        return """
                {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination", \
                "metadata": {"name": "redis-%d", "namespace": "redis", "uid": "d-%d", "resourceVersion": "1", \
                "generation": 1, "creationTimestamp": "2026-01-01T00:00:00Z"}, \
                "spec": {"host": "%s", "trafficPolicy": {"connectionPool": {"redis": {"mode": "CLUSTER"%s}}}}}""".formatted(number, number, host(number), auth);
    }

    private static String secret(String query) {
        Matcher named = NAMED.matcher(query);
        return named.find() ? """
                {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", \
                "metadata": {"name": "redis-%s", "namespace": "redis", "uid": "s-%s", "resourceVersion": "1", \
                "creationTimestamp": "2026-01-01T00:00:00Z"}, \
                "data": {"username": "%s", "password": "%s"}}""".formatted(named.group(1), named.group(1), base64(USER), base64(PASSWORD)) : "";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        api.close();
        dns.close();
        cluster.close();
    }
}
