package io.slotless.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.ApiServer;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.SidecarProcess.Surroundings;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.image.ImageContent;
import io.slotless.image.SelfTraining;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All that the demo runs: a cluster, a single Redis, an API server, DNS, the webhook, and then the sidecar. */
final class DemoStage implements AutoCloseable {

    static final String CLUSTER = "redis-cluster.redis.svc.cluster.local";
    static final String SINGLE = "redis-single.redis.svc.cluster.local";

    private static final int SHARDS = 3;
    private static final int NODES = 2 * SHARDS;
    private static final int REDIS_PORT = 6379;

    private final RedisCluster cluster;
    private final RedisServer single;
    private final ApiServer api;
    private final DnsServer dns;
    private final WebhookProcess webhook;
    private final Path logs = Java.work().resolve("demo");
    private final SelfTraining webhookProgram = new SelfTraining(ImageContent.WEBHOOK, logs.resolve("archives"));
    private final SelfTraining sidecarProgram = new SelfTraining(ImageContent.SIDECAR, logs.resolve("archives"));
    private @Nullable SidecarProcess sidecar;

    DemoStage() {
        List<InetSocketAddress> addresses = Loopback.reserve(NODES + 1, List.of("127.0.0.1", "127.0.0.2"), REDIS_PORT);
        api = ApiServer.start();
        dns = DnsServer.start();
        // The webhook's JVM starts while the cluster forms.
        CompletableFuture<WebhookProcess> starting = CompletableFuture.supplyAsync(() -> WebhookProcess.start(
                webhookProgram,
                Map.of("quarkus.kubernetes-client.api-server-url", api.url()),
                Certificates.create(logs.resolve("tls")),
                logs.resolve("webhook.log")));
        single = RedisServer.start(addresses.get(NODES));
        cluster = RedisCluster.start(addresses.subList(0, NODES), Duration.ofSeconds(2));
        dns.set(
                CLUSTER,
                addresses.subList(0, SHARDS).stream().map(DemoStage::ip).toArray(String[]::new));
        dns.set(SINGLE, ip(addresses.get(NODES)));
        webhook = starting.join();
    }

    private static String ip(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    /** The port of all Redis servers, and so of the sidecar. */
    int port() {
        return single.address().getPort();
    }

    RedisCluster cluster() {
        return cluster;
    }

    RedisServer single() {
        return single;
    }

    ApiServer api() {
        return api;
    }

    WebhookProcess webhook() {
        return webhook;
    }

    SidecarProcess sidecar() {
        return Objects.requireNonNull(sidecar, "not started yet");
    }

    /** Starts the sidecar of a pod: with its container's environment, whole, and nothing else of the pod's spec. */
    void startSidecar(JsonNode pod) {
        sidecar = SidecarProcess.start(
                sidecarProgram,
                Kubelet.environment(pod, SlotlessNames.SIDECAR_CONTAINER),
                new Surroundings(api.url(), dns.hostAndPort(), logs.resolve("secrets")),
                logs.resolve("sidecar.log"));
    }

    /** The ends of the programs' logs, for a failure. */
    String logTails() {
        return "webhook:\n" + webhook.process().logTail(20)
                + (sidecar == null ? "" : "\nsidecar:\n" + sidecar.process().logTail(30));
    }

    Path logs() {
        return logs;
    }

    /** Whether what the programs load is noted for the next run; then {@link #close} takes some seconds longer. */
    boolean isNoted() {
        return webhookProgram.records() || sidecarProgram.records();
    }

    @Override
    public void close() {
        webhook.process().terminate();
        if (sidecar != null) {
            sidecar.process().terminate();
            sidecarProgram.keep(sidecar.process());
            sidecar.close();
        }
        webhookProgram.keep(webhook.process());
        webhook.close();
        cluster.close();
        single.close();
        api.close();
        dns.close();
    }
}
