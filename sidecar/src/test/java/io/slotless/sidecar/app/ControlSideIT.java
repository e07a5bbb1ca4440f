package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.slotless.api.SlotlessNames;
import io.slotless.sidecar.kubernetes.TestApiServer;
import io.slotless.sidecar.upstream.ServerState;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The program as Quarkus puts it together, between a real HTTP API server and a recorded data path. */
@QuarkusTest
@TestProfile(ControlSideIT.Profile.class)
@QuarkusTestResource(value = ControlSideIT.ApiServer.class, restrictToAnnotatedClass = true)
class ControlSideIT {

    private static final String PLAIN = """
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata: {name: sessions, namespace: redis}
            spec:
              host: sessions
              trafficPolicy: {connectionPool: {redis: {mode: CLUSTER, auth: {plain: {password: %s}}}}}
            """;

    private static TestApiServer server;
    private static int port;

    @Inject
    RecordingProxy proxy;

    @TestHTTPResource(value = "health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "metrics", management = true)
    URL metrics;

    @Test
    void followsTheApiServerAndTellsProbesAndPrometheus() throws IOException, InterruptedException {
        assertThat(proxy.calls).containsExactly("listen 127.0.0.1:6379 cache PROXY");
        HttpResponse<String> waiting = get(ready);
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.body()).contains("PROXY on 127.0.0.1:6379").contains("waits for the password of auth.plain");

        assertThat(get(status()).body())
                .contains("\"mode\":\"PROXY\"")
                .contains("\"destination\":{\"namespace\":\"redis\",\"name\":\"sessions\"")
                .contains("waits for the password of auth.plain");

        server = new TestApiServer(port);
        server.apply(PLAIN.formatted("hunter2"));
        // A watch that comes just before the object sees none, and passes the host through for a moment.
        patiently()
                .untilAsserted(() -> assertThat(proxy.calls).last().asString().endsWith(" sessions CLUSTER"));
        int before = proxy.calls.size();
        assertThat(get(ready).statusCode()).isEqualTo(200);

        proxy.servers = new ServerState.Answering(3, 6, true);
        assertThat(get(status()).body())
                .contains("\"mode\":\"CLUSTER\",\"shards\":3,\"nodes\":6,\"ready\":true")
                .doesNotContain("hunter2");

        server.apply(PLAIN.formatted("''"));
        patiently()
                .untilAsserted(() ->
                        assertThat(proxy.calls).hasSize(before + 1).last().isEqualTo("reconfigure sessions CLUSTER"));
        server.delete(PLAIN.formatted("x"));
        patiently().untilAsserted(() -> assertThat(proxy.calls).last().isEqualTo("reconfigure sessions PROXY"));
        assertThat(get(metrics).body())
                .contains("slotless_commands_total{host=\"sessions.redis.svc.cluster.local\"")
                .contains("slotless_destination_problem{host=\"cache.redis.svc.cluster.local\"");
    }

    /** A watch that fails tries again after growing pauses, up to half a minute. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** Not below the root path of Quarkus's own endpoints. */
    private URL status() throws IOException {
        return new URL(metrics, SlotlessNames.SIDECAR_STATUS_PATH);
    }

    private static HttpResponse<String> get(URL url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url.toString())).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The recorded data path in place of the real one. */
    @Alternative
    @Singleton
    static class ProxyBean extends RecordingProxy {}

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(ProxyBean.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.management.test-port", "0");
        }
    }

    /** Away when the program starts. */
    public static class ApiServer implements QuarkusTestResourceLifecycleManager {

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

        @Override
        public Map<String, String> start() {
            server = new TestApiServer(0);
            port = server.port();
            server.close();
            return Map.of("slotless.bootstrap", BOOTSTRAP, "slotless.api-server.url", server.url());
        }

        @Override
        public void stop() {
            server.close();
        }
    }
}
