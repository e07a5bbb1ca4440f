package io.slotless.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.ChildProcess;
import io.slotless.it.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The webhook as it is in its container; and what it tells the sidecar's container to run. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the images are for Linux")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookImageIT {

    private static final int TERMINATED = 143;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop
              namespace: redis
              annotations:
                slotless.io/inject: "true"
                slotless.io/hosts: redis-cluster:6379
                slotless.io/sidecar-native: "%s"
            spec:
              containers:
                - name: shop
                  image: example.com/shop
            """;

    private final Stage stage = Stage.shared();
    private final Container container = Container.of("webhook");
    private final long limit = ChartValues.bytes("/resources/limits/memory");
    private WebhookProcess webhook;

    @BeforeAll
    void start() throws IOException {
        Certificates certificates = Certificates.create(container.outside("/etc/slotless/tls"));
        // The kubelet lets the pod's fsGroup read them.
        Files.setPosixFilePermissions(certificates.key(), PosixFilePermissions.fromString("rw-r--r--"));
        webhook = WebhookProcess.start(
                container,
                Map.of(
                        "quarkus.kubernetes-client.api-server-url",
                        stage.api().url(),
                        "jdk.java.options",
                        JvmChecks.asInAContainerOf(limit, container.jdk())),
                certificates,
                Stage.log("image-webhook"));
    }

    @AfterAll
    void stop() {
        if (webhook != null) {
            webhook.close();
        }
    }

    @Test
    void podsAreInjectedOverTls() {
        JsonNode pod = webhook.admit(pod("true")).pod();
        assertThat(Kubelet.container(pod, SlotlessNames.SIDECAR_CONTAINER)
                        .path("image")
                        .asText())
                .contains("slotless-sidecar");
    }

    @Test
    void theArchiveOfTheTrainingRunIsUsed() {
        assertThat(ProcessFacts.of(webhook.process()).hasMapped(container.archive()))
                .isTrue();
    }

    @Test
    void allMemoryItMayTakeFitsIntoTheLimitOfTheChart() {
        long heap = JvmChecks.maxHeap(container, limit);
        assertThat(ProcessFacts.of(webhook.process()).anonymousBytes() + heap)
                .as("what it has, and the heap full")
                .isLessThanOrEqualTo(limit);
    }

    @Test
    void theCommandThatHoldsBackOtherContainersRunsInTheImageOfTheSidecar() {
        JsonNode hook = Kubelet.container(webhook.admit(pod("false")).pod(), SlotlessNames.SIDECAR_CONTAINER)
                .at("/lifecycle/postStart/exec/command");
        List<String> command = new ArrayList<>(StreamSupport.stream(hook.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
        assertThat(command).last().asString().endsWith("/q/health/ready");
        command.set(command.size() - 1, webhook.readyUrl());
        ChildProcess wait = Container.of("sidecar").run(command, Map.of(), Map.of(), Stage.log("image-wait"));
        assertThat(wait.awaitExit(60)).as(wait.logTail(5)).isZero();
    }

    @Test
    void sigtermEndsItInOrder() {
        WebhookProcess other = WebhookProcess.start(
                container,
                Map.of("quarkus.kubernetes-client.api-server-url", stage.api().url()),
                new Certificates(
                        container.outside("/etc/slotless/tls/webhook.crt"),
                        container.outside("/etc/slotless/tls/webhook.key")),
                Stage.log("image-webhook-term"));
        other.process().terminate();
        assertThat(other.process().awaitExit(30)).isEqualTo(TERMINATED);
    }

    private static JsonNode pod(String nativeSidecar) {
        return Serialization.unmarshal(POD.formatted(nativeSidecar), JsonNode.class);
    }
}
