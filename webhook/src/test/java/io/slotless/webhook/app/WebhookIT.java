package io.slotless.webhook.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.zjsonpatch.JsonPatch;
import io.slotless.api.SlotlessNames;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.webhook.injection.TestPods;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhook as a process: real HTTPS, a real watch of an embedded API server. */
@EnableKubernetesMockClient(crud = true, https = false)
class WebhookIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";
    private static final int BIG = 9 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static KubernetesMockServer apiServer;
    static KubernetesClient client;

    @TempDir
    static Path keys;

    private static WebhookProcess webhook;
    private static HttpClient http;
    private static SSLContext trust;

    @BeforeAll
    static void startWebhook() throws Exception {
        apiServer.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(RedisDestination.class));
        apiServer.setVersionInfo(
                new VersionInfo.Builder().withMajor("1").withMinor("33+").build());
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        apply("redis-cluster", "redis-cluster.shop.svc.cluster.local");
        http = trusting(ServingKeys.create(keys.resolve("tls.crt"), keys.resolve("tls.key")));
        webhook = WebhookProcess.start(Map.of(
                        "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                        client.getMasterUrl().toString(),
                        "SLOTLESS_WEBHOOK_CERTIFICATE_CERT",
                        keys.resolve("tls.crt").toString(),
                        "SLOTLESS_WEBHOOK_CERTIFICATE_KEY",
                        keys.resolve("tls.key").toString(),
                        "SLOTLESS_WEBHOOK_CERTIFICATE_RELOAD_PERIOD",
                        "1s",
                        "SLOTLESS_WEBHOOK_REVIEW_TIMEOUT",
                        "2s",
                        "SLOTLESS_WEBHOOK_SIDECAR_IMAGE",
                        "example.com/slotless:it"))
                .awaitListening();
        await("ready").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        management("/q/health/ready").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stopWebhook() throws Exception {
        if (webhook != null) {
            webhook.close();
        }
    }

    @Test
    void podThatAsksGetsTheSidecar() throws Exception {
        JsonNode pod = pod("slotless.io/inject: \"true\"");

        JsonNode response = review(pod);

        assertThat(response.path("uid").asText()).isEqualTo(UID);
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        assertThat(response.path("warnings").size()).isZero();
        JsonNode injected = patched(pod, response);
        JsonNode sidecar = injected.at("/spec/initContainers/0");
        assertThat(sidecar.path("name").asText()).isEqualTo(SlotlessNames.SIDECAR_CONTAINER);
        assertThat(sidecar.path("image").asText()).isEqualTo("example.com/slotless:it");
        assertThat(sidecar.path("restartPolicy").asText()).isEqualTo("Always");
        assertThat(injected.at("/spec/hostAliases/0/hostnames/0").asText()).isEqualTo("redis-cluster");
        assertThat(injected.at("/spec/containers/0/env/0/value").asText()).isEqualTo("redis://127.0.0.1:6379");
        assertThat(injected.at("/spec/containers/0/madeUp").asText()).isEqualTo("kept");
    }

    @Test
    void twiceIsOnce() throws Exception {
        JsonNode pod = pod("slotless.io/inject: \"true\"");
        JsonNode once = patched(pod, review(pod));

        JsonNode again = review(once);

        assertThat(again.path("allowed").asBoolean()).isTrue();
        assertThat(again.has("patch")).isFalse();
        assertThat(again.at("/auditAnnotations/reason").asText()).isEqualTo("already_injected");
    }

    @Test
    void podWithoutOptInIsLeftAlone() throws Exception {
        JsonNode response = review(pod("team: shop"));

        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("warnings").size()).isZero();
    }

    @Test
    void skipOfPodThatAskedIsTold() throws Exception {
        ObjectNode pod = (ObjectNode) pod("slotless.io/inject: \"true\"");
        ((ObjectNode) pod.path("spec")).put("hostNetwork", true);

        JsonNode response = review(pod);

        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("warnings").path(0).asText())
                .startsWith("slotless: not injected: the pod uses the host");
    }

    @Test
    void annotationThatCannotBeFollowedIsDenied() throws Exception {
        JsonNode response = review(pod("{slotless.io/inject: \"true\", slotless.io/hosts: \"a b\"}"));

        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/code").asInt()).isEqualTo(403);
        assertThat(response.at("/status/message").asText())
                .contains("slotless.io/hosts")
                .contains("a b");
    }

    @Test
    void destinationIsFollowed() throws Exception {
        JsonNode pod = pod("{slotless.io/inject: \"true\"}");
        apply("late", "late");

        await("the watch brings it").untilAsserted(() -> assertThat(patched(pod, review(pod))
                        .at("/spec/hostAliases/0/hostnames/0")
                        .asText())
                .isEqualTo("late"));

        client.resources(RedisDestination.class)
                .inNamespace("shop")
                .withName("late")
                .delete();
        await("the watch takes it away").untilAsserted(() -> assertThat(patched(pod, review(pod))
                        .at("/spec/hostAliases/0/hostnames/0")
                        .asText())
                .isEqualTo("redis-cluster"));
    }

    @Test
    void malformedReviewIsRefused() throws Exception {
        for (String body : new String[] {"", "{", "[]", "null", "{\"kind\":\"AdmissionReview\"}", "\u0000"}) {
            HttpResponse<String> response = post(body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).path("kind").asText()).isEqualTo("Status");
        }
    }

    @Test
    void hugeReviewIsRefused() throws Exception {
        HttpResponse<String> response = post(" ".repeat(BIG));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(response.body()).path("message").asText()).contains("too large");
        assertThat(review(pod("team: shop")).path("allowed").asBoolean())
                .as("still serves")
                .isTrue();
    }

    @Test
    void deeplyNestedReviewIsRefused() throws Exception {
        HttpResponse<String> response = post("{\"request\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("message").asText()).contains("nested too deeply");
    }

    @Test
    void otherContentIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + webhook.port() + "/mutate"))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void nothingIsAnsweredWithoutTls() throws Exception {
        try (Socket socket = new Socket("localhost", webhook.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write("POST /mutate HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    /** Nor does it keep the connection. */
    @Test
    void reviewThatNeverEndsIsRefusedInTime() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000\r\n\r\n{")
                            .getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 408")
                    .contains("did not arrive in time");
        }
    }

    @Test
    void hugeReviewOfUnknownLengthIsRefusedBeforeItEnds() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(BIG) + "\r\n" + " ".repeat(BIG) + "\r\n")
                    .getBytes(US_ASCII));
            out.flush();

            // Whichever limit it reaches first.
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .containsPattern("^HTTP/1.1 (413|408) ");
        }
    }

    /** The pod must not slip through, nor a client hold a connection that it does not use. */
    @Test
    void withoutTheApiServerItIsNotReadyAndAnswersNothing() throws Exception {
        try (WebhookProcess alone = WebhookProcess.start(Map.of(
                        "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                        "http://localhost:1",
                        "QUARKUS_HTTP_IDLE_TIMEOUT",
                        "1s",
                        "SLOTLESS_WEBHOOK_CERTIFICATE_CERT",
                        keys.resolve("tls.crt").toString(),
                        "SLOTLESS_WEBHOOK_CERTIFICATE_KEY",
                        keys.resolve("tls.key").toString()))
                .awaitListening()) {
            assertThat(get("http://localhost:" + alone.managementPort() + "/q/health/ready")
                            .statusCode())
                    .isEqualTo(503);

            HttpResponse<String> response = post(http, alone.port(), reviewOf(pod("slotless.io/inject: \"true\"")));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(response.body()).path("message").asText()).contains("does not know the cluster");

            try (Socket silent = new Socket("localhost", alone.port())) {
                silent.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** The namespace is created while its first pod is already being admitted. */
    @Test
    void podOfANewNamespaceWaitsForWhatTheApiServerAlreadyKnows() throws Exception {
        CompletableFuture<JsonNode> response = CompletableFuture.supplyAsync(() -> {
            try {
                return review(pod("{slotless.io/hosts: redis-cluster.shop}"), "just-created");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("just-created")
                        .addToLabels(SlotlessNames.INJECTION, "enabled")
                        .endMetadata()
                        .build())
                .create();

        assertThat(response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).has("patch"))
                .isTrue();
    }

    @Test
    void admissionsAreCounted() throws Exception {
        review(pod("{slotless.io/inject: \"true\"}"));

        assertThat(management("/q/metrics").body())
                .contains("slotless_webhook_admissions_total{reason=\"injected\",result=\"injected\"}")
                .contains("slotless_webhook_admission_seconds_count{result=\"injected\"}")
                .contains("slotless_webhook_certificate_expiry_seconds");
    }

    @Test
    void renewedCertificateIsServedWithoutRestart() throws Exception {
        HttpClient trustsTheNewOne = trusting(ServingKeys.create(keys.resolve("tls.crt"), keys.resolve("tls.key")));

        await("the new certificate is served")
                .ignoreException(SSLHandshakeException.class)
                .untilAsserted(() ->
                        assertThat(post(trustsTheNewOne, "{").statusCode()).isEqualTo(400));
        http = trustsTheNewOne;
    }

    @Test
    void unknownKeyStopsTheStart() throws Exception {
        try (WebhookProcess mistyped = WebhookProcess.start(Map.of(
                "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                        client.getMasterUrl().toString(),
                "JAVA_TOOL_OPTIONS", "-Dslotless.webhook.sidecar.imaeg=typo",
                "SLOTLESS_WEBHOOK_CERTIFICATE_CERT", keys.resolve("tls.crt").toString(),
                "SLOTLESS_WEBHOOK_CERTIFICATE_KEY", keys.resolve("tls.key").toString()))) {
            assertThat(mistyped.exitCode()).isNotZero();
            assertThat(mistyped.output()).contains("SRCFG00050: slotless.webhook.sidecar.imaeg");
        }
    }

    private static void apply(String name, String host) {
        RedisDestination destination = new RedisDestination();
        destination.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
        destination.setSpec(new RedisDestinationSpec(host, null, null));
        client.resource(destination).create();
    }

    private static JsonNode pod(String annotations) {
        return TestPods.tree("""
                apiVersion: v1
                kind: Pod
                metadata:
                  generateName: shop-5d9c-
                  annotations:
                    %s
                spec:
                  containers:
                    - name: shop
                      image: shop:1
                      madeUp: kept
                      env: [{name: REDIS_URL, value: "redis://redis-cluster:6379"}]
                """.formatted(annotations));
    }

    private static JsonNode patched(JsonNode pod, JsonNode response) throws Exception {
        byte[] patch = Base64.getDecoder().decode(response.path("patch").asText());
        return JsonPatch.apply(JSON.readTree(patch), pod);
    }

    private static Socket connect() throws Exception {
        Socket socket = trust.getSocketFactory().createSocket("localhost", webhook.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static JsonNode review(JsonNode pod) throws Exception {
        return review(pod, "shop");
    }

    private static String reviewOf(JsonNode pod) {
        return reviewOf(pod, "shop");
    }

    private static String reviewOf(JsonNode pod, String namespace) {
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", UID)
                .put("namespace", namespace)
                .put("operation", "CREATE")
                .put("dryRun", true);
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.set("object", pod);
        return review.toString();
    }

    private static JsonNode review(JsonNode pod, String namespace) throws Exception {
        HttpResponse<String> response = post(reviewOf(pod, namespace));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
        return answer.path("response");
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return post(http, body);
    }

    private static HttpResponse<String> post(HttpClient client, String body) throws Exception {
        return post(client, webhook.port(), body);
    }

    private static HttpResponse<String> post(HttpClient client, int port, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/mutate?timeout=10s"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> management(String path) throws Exception {
        return get("http://localhost:" + webhook.managementPort() + path);
    }

    private static HttpResponse<String> get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting(ServingKeys keys) throws Exception {
        trust = keys.trust();
        return HttpClient.newBuilder().sslContext(trust).build();
    }
}
