package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm installs, upgrades and removes the chart on a real API server of its own. */
class HelmKubeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static HelmStage stage;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        stage = HelmStage.start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void install() {
        stage.install(HelmStage.CHART);
    }

    @AfterEach
    void uninstall() {
        stage.uninstall();
    }

    @Test
    void installsDefinitionsAndWebhook() {
        assertThat(stage.definitions())
                .containsExactly("redisdestinations.redis.aeraki.io", "redisservices.redis.aeraki.io");
        assertThat(stage.deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(stage.webhooks())
                .extracting(MutatingWebhook::getFailurePolicy)
                .containsExactly("Ignore", "Ignore");
    }

    @Test
    void upgradeChangesWhatIsAskedForAndKeepsTheCertificates() {
        SelfManagedWebhooks webhooks = new SelfManagedWebhooks(stage.kube());
        WebhookProcess webhook = webhooks.start("helm-webhook", Map.of());
        String caBundle = await("the leader has written it")
                .atMost(PATIENCE)
                .until(webhooks::caBundle, Optional::isPresent)
                .orElseThrow();
        // Nobody may put right what Helm would take away.
        webhook.close();
        String secret = webhooks.secret().get().getMetadata().getResourceVersion();

        Release release = stage.upgrade(HelmStage.CHART, Map.of("replicas", 3, "admission.failurePolicy", "Fail"));

        assertThat(release.getRevision()).isEqualTo("2");
        assertThat(stage.deployment().getSpec().getReplicas()).isEqualTo(3);
        assertThat(stage.webhooks())
                .extracting(MutatingWebhook::getFailurePolicy)
                .containsExactly("Fail", "Fail");
        assertThat(webhooks.caBundle()).contains(caBundle);
        assertThat(webhooks.secret().get().getMetadata().getResourceVersion()).isEqualTo(secret);
    }

    @Test
    void upgradeFromAChartWithoutMonitoringKeepsValuesAndDeployment() throws IOException {
        stage.uninstall();
        stage.install(HelmStage.olderChart(folder.resolve("older")), "replicas", 4);
        String uid = stage.deployment().getMetadata().getUid();

        stage.upgrade(HelmStage.CHART, Map.of("networkPolicy.enabled", true));

        assertThat(stage.deployment().getMetadata().getUid()).isEqualTo(uid);
        assertThat(stage.deployment().getSpec().getReplicas()).isEqualTo(4);
        assertThat(stage.client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(HelmStage.NAMESPACE)
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void wrongValueChangesNothing() {
        assertThatThrownBy(() -> stage.upgrade(HelmStage.CHART, Map.of("admission.failurePolicy", "Sometimes")))
                .hasMessageContaining("at '/admission/failurePolicy': value must be one of 'Ignore', 'Fail'");

        assertThat(stage.webhooks())
                .extracting(MutatingWebhook::getFailurePolicy)
                .containsExactly("Ignore", "Ignore");
    }

    @Test
    void removalLeavesDefinitionsAndDestinationsAndNoWebhook() throws IOException {
        RedisDestination destination = stage.create(Serialization.unmarshal(
                Files.readString(Java.root().resolve("manifests/samples/redisdestination-cluster.yaml"))
                        .replace("namespace: redis", "namespace: shop"),
                RedisDestination.class));

        stage.uninstall();

        assertThat(stage.definitions()).hasSize(2);
        assertThat(stage.client().resource(destination).get()).isNotNull();
        assertThat(stage.webhooks()).isEmpty();
        assertThat(stage.clusterRoles("slotless")).isEmpty();
        stage.client().resource(destination).delete();
    }

    /** There are no nodes here, so nobody answers: as on the first seconds of an installation, or when all replicas are away. */
    @Test
    void failurePolicyDecidesOverPodsThatAskWhileNobodyAnswersAndTheApiServerCountsThem() throws IOException {
        stage.upgrade(HelmStage.CHART, Map.of("admission.timeoutSeconds", 1));
        await("created as it is").atMost(PATIENCE).untilAsserted(() -> {
            Pod pod = stage.create(HelmStage.asking("ignored"));
            stage.client().resource(pod).delete();
            assertThat(stage.metrics())
                    .containsPattern("apiserver_admission_webhook_fail_open_count\\{name=\"pods.slotless.io\"");
        });

        stage.upgrade(HelmStage.CHART, Map.of("admission.timeoutSeconds", 1, "admission.failurePolicy", "Fail"));
        await("refused").atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> stage.client()
                        .resource(HelmStage.asking("refused"))
                        .dryRun()
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("failed calling webhook \"pods.slotless.io\""));
        assertThat(stage.metrics())
                .containsPattern("apiserver_admission_webhook_rejection_count\\{error_type=\"calling_webhook_error\","
                        + "name=\"pods.slotless.io\"");
        // What the alerts ask for is what was counted.
        assertThat(Files.readString(HelmStage.CHART.resolve("monitoring/alerts.yaml")))
                .contains("apiserver_admission_webhook_fail_open_count{name=~")
                .containsPattern(
                        "apiserver_admission_webhook_rejection_count\\{name=~.*error_type=\"calling_webhook_error\"");
    }
}
