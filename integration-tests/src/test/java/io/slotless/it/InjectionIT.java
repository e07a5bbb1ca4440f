package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.kubernetes.WebhookProcess.Admission;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the webhook injects is what the sidecar runs with: both programs, and nothing between them but the pod. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionIT {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: redis
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: redis-cluster
              namespace: redis
            spec:
              ports:
                - {name: tcp-redis, port: %d}
            """;

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop
              namespace: redis
              annotations:
                slotless.io/inject: "%s"
                slotless.io/hosts: redis-cluster:%d
            spec:
              initContainers:
                - name: log-shipper
                  image: example.com/log-shipper
                  restartPolicy: Always
              containers:
                - name: shop
                  image: example.com/shop
                  aFieldOfTomorrow: {kept: [1, 2.50]}
                  env:
                    - name: REDIS_URL
                      value: redis://user:pass@redis-cluster:%d/0
            """;

    private final Stage stage = Stage.shared();
    private WebhookProcess webhook;

    @BeforeAll
    void start() {
        stage.api().apply(SERVICE.formatted(stage.port()));
        webhook = WebhookProcess.start(
                stage.api().url(), Certificates.create(Java.work().resolve("tls")), Stage.log("webhook"));
    }

    @AfterAll
    void stop() {
        webhook.close();
    }

    @Test
    void aPodThatDoesNotAskIsLeftAsItIs() {
        JsonNode pod = pod("false", stage.port());
        Admission admission = webhook.admit(pod);
        assertThat(admission.allowed()).isTrue();
        assertThat(admission.pod()).isEqualTo(pod);
    }

    @Test
    void injectedTwiceEqualsInjectedOnceAndUnknownFieldsSurvive() {
        JsonNode once = webhook.admit(pod("true", stage.port())).pod();
        assertThat(webhook.admit(once).pod()).isEqualTo(once);
        assertThat(once.at("/spec/containers/0/aFieldOfTomorrow").toString()).isEqualTo("{\"kept\":[1,2.5]}");
        assertThat(Kubelet.container(once, "log-shipper").path("restartPolicy").asText())
                .isEqualTo("Always");
        assertThat(Kubelet.container(once, SlotlessNames.SIDECAR_CONTAINER)
                        .path("restartPolicy")
                        .asText())
                .isEqualTo("Always");
    }

    @Test
    void theSidecarRunsWithTheEnvironmentThatWasInjected() {
        // The shared sidecar has the usual port; the pod's application uses another, as it may.
        int port = Loopback.freePort();
        JsonNode pod = webhook.admit(pod("true", port)).pod();
        String address = Kubelet.hostsFile(pod, "redis-cluster").orElseThrow();
        assertThat(Kubelet.hostsFile(pod, Stage.CLUSTER_HOST)).contains(address);
        assertThat(Kubelet.environment(pod, "shop"))
                .containsEntry("REDIS_URL", "redis://user:pass@" + address + ":" + port + "/0");
        try (SidecarProcess sidecar = SidecarProcess.start(
                        Kubelet.environment(pod, SlotlessNames.SIDECAR_CONTAINER),
                        stage.surroundings(),
                        Stage.log("sidecar-injected"));
                PlainRedisClient client = PlainRedisClient.connect(new InetSocketAddress(address, port))) {
            await().untilAsserted(() ->
                    assertThat(client.call("SET", "foo", "bar").wire()).isEqualTo("+OK\r\n"));
            assertThat(stage.cluster().primaryOf(12182).call("GET", "foo").text())
                    .isEqualTo("bar");
            assertThat(sidecar.metrics()).contains(Stage.CLUSTER_HOST);
        }
    }

    private static JsonNode pod(String inject, int port) {
        return Serialization.unmarshal(POD.formatted(inject, port, port), JsonNode.class);
    }
}
