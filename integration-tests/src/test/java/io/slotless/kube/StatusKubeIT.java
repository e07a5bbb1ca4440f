package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.fixture.kubernetes.DnsServer;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of a RedisDestination as its status tells it: a real Redis Cluster, the real sidecar of a pod that the real
 * API server stored, and the webhook that leads. What a kubelet would say of the pod the test says.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusKubeIT {

    private static final String NAMESPACE = "status";
    private static final String FOREIGN = "status-foreign";
    private static final String HOST = "cache.status.svc.cluster.local";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final KubeStage STAGE = KubeStage.shared();
    private static final int STATUS_PORT = Loopback.freePort();
    private static RedisCluster cluster;
    private static DnsServer dns;
    private static WebhookProcess webhook;
    private static SidecarProcess sidecar;
    private static List<InetSocketAddress> addresses;

    @BeforeAll
    static void start() {
        STAGE.namespace(NAMESPACE, Map.of());
        STAGE.namespace(FOREIGN, Map.of());
        addresses = Loopback.reserve(8, List.of("127.0.0.1", "127.0.0.2"), 0);
        cluster = RedisCluster.start(addresses.subList(0, 6), Duration.ofMillis(1500));
        dns = DnsServer.start();
        dns.set(HOST, address(0), address(1), address(2));
        webhook = STAGE.webhooks()
                .start(
                        "webhook-status",
                        Map.of(
                                "slotless.webhook.status.sidecar-port",
                                Integer.toString(STATUS_PORT),
                                "slotless.webhook.status.period",
                                "1s"));
        STAGE.webhooks().register(webhook, "Ignore");
        STAGE.webhooks().await(answer -> answer.sidecars() == 1);
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable closeable : new AutoCloseable[] {sidecar, webhook, cluster, dns}) {
            try {
                if (closeable != null) {
                    closeable.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        STAGE.client().resources(RedisDestination.class).inNamespace(NAMESPACE).delete();
    }

    @Test
    @Order(1)
    void destinationThatNobodyUsesIsAcceptedAndOfUnknownReadiness() {
        apply("cache", "CLUSTER");

        awaitSummary("cache", "CLUSTER  Unknown");
        assertThat(words("cache", "Accepted")).isEqualTo("True Accepted: it counts for its host");
        assertThat(words("cache", "Ready")).isEqualTo("Unknown NoSidecar: no running pod uses it yet");
    }

    @Test
    @Order(2)
    void runningSidecarTellsTheSizeOfTheCluster() {
        JsonNode pod = PodAnswer.create(STAGE, asking()).body();
        sidecar = startSidecarOf(pod, address(6));
        kubeletSays(NAMESPACE, "shop", address(6));

        awaitSummary("cache", "CLUSTER 3 True");
        assertThat(words("cache", "Ready")).isEqualTo("True Serving: 3 shards, 6 nodes");
        assertThat(get("cache").getStatus().nodes()).isEqualTo(6);
        assertThat(get("cache").getStatus().observedGeneration()).isEqualTo(1L);
        awaitEvent("cache", "Normal Ready: 3 shards, 6 nodes");
    }

    @Test
    @Order(3)
    void statusThatIsTrueIsNotWrittenAgain() {
        AtomicInteger changes = new AtomicInteger();
        try (Watch ignored = STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withResourceVersion(get("cache").getMetadata().getResourceVersion())
                .watch(new Counting(changes))) {
            // Several rounds of looking.
            await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> changes.get() == 0);
        }
    }

    @Test
    @Order(4)
    void changeOfModeIsFollowedAndTold() {
        apply("cache", "PROXY");

        awaitSummary("cache", "PROXY 1 True");
        assertThat(words("cache", "Ready")).isEqualTo("True Serving: a single Redis");
        assertThat(get("cache").getStatus().observedGeneration()).isEqualTo(2L);
        awaitEvent("cache", "Normal ModeChanged: CLUSTER → PROXY");
        apply("cache", "CLUSTER");
        awaitSummary("cache", "CLUSTER 3 True");
        awaitEvent("cache", "Normal ModeChanged: PROXY → CLUSTER");
    }

    @Test
    @Order(5)
    void newerDestinationForTheSameHostIsToldWhichOneCounts() {
        apply("cache-newer", "PROXY");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(words("cache-newer", "Accepted"))
                .isEqualTo("False Conflict: the older RedisDestination cache is for the same host, and counts"));
        assertThat(DestinationTable.of(STAGE, NAMESPACE).summary("cache-newer")).isEqualTo("  False");
        awaitEvent(
                "cache-newer", "Warning Conflict: the older RedisDestination cache is for the same host, and counts");
        assertThat(DestinationTable.of(STAGE, NAMESPACE).summary("cache")).isEqualTo("CLUSTER 3 True");
    }

    @Test
    @Order(6)
    void itCountsAsSoonAsTheOlderOneIsGone() {
        STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withName("cache")
                .delete();

        awaitSummary("cache-newer", "PROXY 1 True");
        STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withName("cache-newer")
                .delete();
        apply("cache", "CLUSTER");
        awaitSummary("cache", "CLUSTER 3 True");
    }

    @Test
    @Order(7)
    void whatTheSidecarCannotDoIsSaid() {
        apply("cache", "CLUSTER", "auth: {plain: {username: nobody, password: wr0ng}}");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(words("cache", "Ready")).startsWith("False ").contains(" status/shop: "));
        assertThat(words("cache", "Ready")).doesNotContain("wr0ng");
        awaitEvent("cache", "Warning NotReady: ");
        apply("cache", "CLUSTER");
        awaitSummary("cache", "CLUSTER 3 True");
    }

    @Test
    @Order(8)
    void deadSidecarLeavesTheReadinessUnknown() {
        sidecar.process().kill();

        awaitSummary("cache", "CLUSTER  Unknown");
        assertThat(words("cache", "Ready")).startsWith("Unknown SidecarsUnreachable: status/shop: ");
        awaitEvent("cache", "Warning SidecarsUnreachable: status/shop: ");
        STAGE.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withName("shop")
                .withGracePeriod(0)
                .delete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(words("cache", "Ready"))
                .isEqualTo("Unknown NoSidecar: no running pod uses it yet"));
    }

    @Test
    @Order(9)
    void forgedPodCannotSendTheWebhookElsewhereNorSpeakForHostsOfOtherNamespaces() throws IOException {
        AtomicInteger trapped = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        HttpServer trap = http(address(6), exchange -> trapped.incrementAndGet(), 200, "");
        String elsewhere = "http://" + address(6) + ":" + STATUS_PORT + "/status";
        HttpServer liar = http(address(7), exchange -> asked.incrementAndGet(), 302, elsewhere);
        try {
            apply("outside", "PROXY", "host: cache.example.com");
            ObjectNode forged = Pods.annotated(
                    Pods.plain(FOREIGN, "forged"),
                    SlotlessNames.STATUS,
                    "{\"hosts\":[{\"host\":\"" + HOST + "\"},{\"host\":\"cache.example.com\"}]}");
            forged.withObjectProperty("metadata")
                    .withObjectProperty("labels")
                    .put(SlotlessNames.INJECTED, SlotlessNames.INJECTED_VALUE);
            PodAnswer.create(STAGE, forged);
            kubeletSays(FOREIGN, "forged", address(7));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(words("cache", "Ready"))
                    .isEqualTo("Unknown SidecarsUnreachable: status-foreign/forged: HTTP status 302"));
            assertThat(asked).hasPositiveValue();
            assertThat(trapped).hasValue(0);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(words("outside", "Ready"))
                    .isEqualTo("Unknown NoSidecar: no running pod uses it yet"));
        } finally {
            STAGE.client()
                    .pods()
                    .inNamespace(FOREIGN)
                    .withName("forged")
                    .withGracePeriod(0)
                    .delete();
            trap.stop(0);
            liar.stop(0);
        }
    }

    private static HttpServer http(String address, Consumer<Object> each, int status, String location)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, STATUS_PORT), 0);
        server.createContext("/", exchange -> {
            each.accept(exchange);
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(int index) {
        return addresses.get(index).getAddress().getHostAddress();
    }

    private static ObjectNode asking() {
        return Pods.annotated(Pods.plain(NAMESPACE, "shop"), SlotlessNames.INJECT, "true");
    }

    private static SidecarProcess startSidecarOf(JsonNode pod, String podAddress) {
        return SidecarProcess.start(
                Kubelet.environment(pod, SlotlessNames.SIDECAR_CONTAINER),
                Map.of(
                        "slotless.api-server.url",
                        STAGE.server().url(),
                        "slotless.api-server.authorities",
                        STAGE.server().certificate().toString(),
                        "slotless.api-server.token",
                        tokenFile(),
                        "slotless.dns.servers",
                        dns.hostAndPort(),
                        "slotless.secrets-directory",
                        STAGE.work().resolve("secrets").toString()),
                podAddress,
                STATUS_PORT,
                STAGE.work().resolve("sidecar-status.log"));
    }

    /** What the kubelet mounts. */
    private static String tokenFile() {
        try {
            return Files.writeString(STAGE.work().resolve("token"), STAGE.token(NAMESPACE, "default"))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the kubelet writes into the status of a pod that runs. */
    private static void kubeletSays(String namespace, String name, String podAddress) {
        STAGE.client().pods().inNamespace(namespace).withName(name).editStatus(pod -> {
            pod.getStatus().setPhase("Running");
            pod.getStatus().setPodIP(podAddress);
            return pod;
        });
    }

    private static void apply(String name, String mode, String... more) {
        String host = HOST;
        String redis = "mode: " + mode;
        for (String line : more) {
            if (line.startsWith("host: ")) {
                host = line.substring(6);
            } else {
                redis += ", " + line;
            }
        }
        STAGE.apply(Serialization.unmarshal(
                """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata: {name: %s, namespace: status}
                spec:
                  host: %s
                  port: %d
                  trafficPolicy: {connectionPool: {redis: {%s}}}
                """.formatted(name, host, addresses.get(0).getPort(), redis), GenericKubernetesResource.class));
    }

    private static void awaitSummary(String name, String expected) {
        await(name + " is " + expected).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        DestinationTable.of(STAGE, NAMESPACE).summary(name))
                .isEqualTo(expected));
    }

    private static void awaitEvent(String name, String beginning) {
        List<String> seen = new CopyOnWriteArrayList<>();
        await("an event " + beginning).atMost(PATIENCE).untilAsserted(() -> {
            seen.clear();
            for (Event event :
                    STAGE.client().v1().events().inNamespace(NAMESPACE).list().getItems()) {
                if (event.getInvolvedObject().getName().equals(name)) {
                    seen.add(event.getType() + " " + event.getReason() + ": " + event.getMessage());
                }
            }
            assertThat(seen).anySatisfy(event -> assertThat(event).startsWith(beginning));
        });
    }

    private static RedisDestination get(String name) {
        return STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    private static String words(String name, String type) {
        RedisDestination destination = get(name);
        if (destination.getStatus() == null) {
            return "no status";
        }
        return destination.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(StatusKubeIT::words)
                .findFirst()
                .orElse("no condition " + type);
    }

    private static String words(Condition condition) {
        return condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage();
    }

    private record Counting(AtomicInteger changes) implements Watcher<RedisDestination> {
        @Override
        public void eventReceived(Action action, RedisDestination resource) {
            changes.incrementAndGet();
        }

        @Override
        public void onClose(WatcherException cause) {}
    }
}
