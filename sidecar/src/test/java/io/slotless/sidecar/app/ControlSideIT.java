package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.api.SlotlessNames;
import io.slotless.sidecar.kubernetes.TestApiServer;
import io.slotless.sidecar.upstream.ServerState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as it is put together, between a real HTTP API server and a recorded data path. */
class ControlSideIT {

    private static final String PLAIN = """
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata: {name: sessions, namespace: redis}
            spec:
              host: sessions
              trafficPolicy: {connectionPool: {redis: {mode: CLUSTER, auth: {plain: {password: %s}}}}}
            """;

    private static final String BOOTSTRAP = """
                {"version": 1, "clusterDomain": "cluster.local", "hosts": [
                  {"host": "cache.redis.svc.cluster.local", "listenAddress": "127.0.0.1", "listenPort": 6379,
                   "upstreamHost": "cache.redis.svc.cluster.local", "upstreamPort": 6379, "namespace": "redis"},
                  {"host": "sessions.redis.svc.cluster.local", "listenAddress": "127.0.0.2", "listenPort": 6379,
                   "upstreamHost": "sessions.redis.svc.cluster.local", "upstreamPort": 6379, "namespace": "redis",
                   "destination": {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination",
                     "metadata": {"name": "sessions", "namespace": "redis", "annotations": {"x": "${not.a.setting}"}},
                     "spec": {"host": "sessions", "trafficPolicy": {"connectionPool": {"redis": {
                       "mode": "CLUSTER", "auth": {"plain": {}}}}}}}}
                ]}
                """;

    private final RecordingProxy proxy = new RecordingProxy();
    private TestApiServer server;
    private int port;
    private Running program;

    /** The API server is away when the program starts. */
    @BeforeEach
    void start() throws IOException {
        server = new TestApiServer(0);
        port = server.port();
        server.close();
        program = Running.start(
                SidecarConfig.read(new Settings(
                        Map.of(
                                "slotless.bootstrap",
                                BOOTSTRAP,
                                "slotless.api-server.url",
                                server.url(),
                                "slotless.management.address",
                                "127.0.0.1",
                                "slotless.management.port",
                                "0"),
                        Map.of())),
                (vertx, control, config, metrics) -> proxy);
    }

    @AfterEach
    void close() {
        program.close();
        server.close();
    }

    @Test
    void followsTheApiServerAndTellsProbesAndPrometheus() throws IOException, InterruptedException {
        assertThat(proxy.calls).containsExactly("listen 127.0.0.1:6379 cache PROXY");
        HttpResponse<String> waiting = get("/q/health/ready");
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.body()).contains("PROXY on 127.0.0.1:6379").contains("waits for the password of auth.plain");

        assertThat(get(SlotlessNames.SIDECAR_STATUS_PATH).body())
                .contains("\"mode\":\"PROXY\"")
                .contains("\"destination\":{\"namespace\":\"redis\",\"name\":\"sessions\"")
                .contains("waits for the password of auth.plain");

        server = new TestApiServer(port);
        server.apply(PLAIN.formatted("hunter2"));
        // A watch that comes just before the object sees none, and passes the host through for a moment.
        patiently()
                .untilAsserted(() -> assertThat(proxy.calls).last().asString().endsWith(" sessions CLUSTER"));
        int before = proxy.calls.size();
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);

        proxy.servers = new ServerState.Answering(3, 6, true);
        assertThat(get(SlotlessNames.SIDECAR_STATUS_PATH).body())
                .contains("\"mode\":\"CLUSTER\",\"shards\":3,\"nodes\":6,\"ready\":true")
                .doesNotContain("hunter2");

        server.apply(PLAIN.formatted("''"));
        patiently()
                .untilAsserted(() ->
                        assertThat(proxy.calls).hasSize(before + 1).last().isEqualTo("reconfigure sessions CLUSTER"));
        server.delete(PLAIN.formatted("x"));
        patiently().untilAsserted(() -> assertThat(proxy.calls).last().isEqualTo("reconfigure sessions PROXY"));
        assertThat(get("/q/metrics").body())
                .contains("slotless_commands_total{host=\"sessions.redis.svc.cluster.local\"")
                .contains("slotless_destination_problem{host=\"cache.redis.svc.cluster.local\"");
    }

    @Test
    void aProbeOfTheProcessAsksForNothingElse() throws IOException, InterruptedException {
        HttpResponse<String> live = get("/q/health/live");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
        assertThat(get("/q/health/started").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsOfTheJvmAreThereInTheFormatThatIsAskedFor() throws IOException, InterruptedException {
        HttpResponse<String> plain = get("/q/metrics");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.body())
                .contains("jvm_memory_used_bytes{area=\"heap\"")
                .contains("process_cpu_usage")
                .doesNotContain("# EOF");
        HttpResponse<String> open = get("/q/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
        assertThat(open.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws IOException, InterruptedException {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/status"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> refused = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    /** A watch that fails tries again after growing pauses, up to half a minute. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + program.managementPort() + path);
    }
}
