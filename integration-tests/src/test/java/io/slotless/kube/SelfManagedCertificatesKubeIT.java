package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The webhook with certificates of its own making, from an empty API server on. Nothing here brings a certificate or a
 * caBundle; and who is not served is refused ({@code failurePolicy: Fail}), so that nothing that goes wrong stays hidden.
 */
class SelfManagedCertificatesKubeIT {

    /** Where manifests/samples are. */
    private static final String REDIS = "redis";

    private static final Duration HEALS_WITHIN = Duration.ofSeconds(10);
    private static final int PER_SECOND = 20;

    private static KubeStage stage;
    private static SelfManagedWebhooks webhooks;

    @BeforeAll
    static void installOnAnEmptyApiServer() {
        stage = KubeStage.start("certificates");
        assertThat(stage.client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .isEmpty();
        stage.install();
        stage.namespace(REDIS, Map.of());
        webhooks = new SelfManagedWebhooks(stage);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    /** One replica, with the terms of the chart but for the pause, which tests need not wait for. */
    @Nested
    class OneReplica {

        private static WebhookProcess webhook;

        @BeforeAll
        static void start() {
            webhook = webhooks.start("webhook-one", Map.of("ca-pause", "3s"));
            stage.apply(SelfManagedWebhooks.manifest(webhook.url(), "Fail"));
            webhooks.awaitCalled(REDIS);
        }

        @AfterAll
        static void stop() {
            webhook.close();
        }

        @Test
        void annotatedDeploymentGetsItsSidecarHostsAndEnvironment() {
            stage.apply(KubeStage.objects("manifests/samples/redisdestination-cluster.yaml")
                    .get(0));
            JsonNode template = Serialization.jsonMapper()
                    .valueToTree(stage.apply(KubeStage.objects("manifests/samples/deployment-opt-in.yaml")
                            .get(0)))
                    .at("/spec/template");

            await("the webhook knows the destination").untilAsserted(() -> {
                PodAnswer answer = PodAnswer.create(
                        stage, Pods.ofTemplate(template, REDIS, "apps/v1", "ReplicaSet", "shop-7d4b9c"));
                assertThat(answer.isCreated()).as("%s", answer).isTrue();
                assertThat(answer.sidecars()).isEqualTo(1);
                JsonNode pod = answer.body();
                assertThat(Kubelet.hostsFile(pod, "external-redis.redis.svc.cluster.local"))
                        .contains("127.0.0.1");
                assertThat(Kubelet.environment(pod, "shop")).containsEntry("REDIS_HOST", "127.0.0.1");
                assertThat(Kubelet.environment(pod, SlotlessNames.SIDECAR_CONTAINER)
                                .get(SlotlessNames.BOOTSTRAP_ENV))
                        .contains("\"mode\":\"CLUSTER\"");
            });
        }

        @ParameterizedTest
        @EnumSource
        void caBundleHeals(Harm harm) {
            String bundle = webhooks.caBundle().orElseThrow();
            Instant from = Instant.now();

            harm.to(SelfManagedWebhooks.manifest(webhook.url(), "Fail"));

            await().pollInterval(Duration.ofMillis(20))
                    .atMost(HEALS_WITHIN)
                    .untilAsserted(() -> assertThat(webhooks.caBundle()).contains(bundle));
            System.out.printf(
                    "caBundle %s: healed after %d ms%n",
                    harm, Duration.between(from, Instant.now()).toMillis());
            webhooks.awaitCalled(REDIS);
        }

        /** Whoever installs anew or upgrades takes nothing away, and meets no conflict: the field is ours alone. */
        @ParameterizedTest
        @EnumSource
        void caBundleSurvives(Upgrade upgrade) {
            String bundle = webhooks.caBundle().orElseThrow();
            double patches = patches();

            upgrade.with(SelfManagedWebhooks.manifest(webhook.url(), "Fail"));

            assertThat(webhooks.caBundle()).contains(bundle);
            assertThat(patches()).as("never lost, so never put right").isEqualTo(patches);
            assertThat(PodAnswer.dryRun(stage, Pods.asking(REDIS, "upgraded")).sidecars())
                    .isEqualTo(1);
        }

        @Test
        void caBundleIsOwnedByTheWebhook() {
            assertThat(webhooks.configuration().get().getMetadata().getManagedFields())
                    .filteredOn(entry -> entry.getManager().equals("slotless-webhook"))
                    .extracting(ManagedFieldsEntry::getFieldsV1)
                    .singleElement()
                    .satisfies(fields -> assertThat(Serialization.asJson(fields))
                            .contains("f:caBundle")
                            .doesNotContain("f:url")
                            .doesNotContain("f:failurePolicy"));
        }

        @Test
        void forcedRotationCausesNoFailedAdmission() throws Exception {
            X509Certificate before = served();
            try (Load load = Load.start(stage, REDIS, PER_SECOND)) {
                await().until(() -> load.injected() > 2 * PER_SECOND);
                webhooks.secret().edit(secret -> {
                    secret.getMetadata().setAnnotations(Map.of("slotless.io/rotate", "now"));
                    return secret;
                });
                await("another CA issues").atMost(Duration.ofSeconds(60)).until(() -> !served().getIssuerX500Principal()
                        .equals(before.getIssuerX500Principal()));
                int already = load.injected();
                await().until(() -> load.injected() > already + 3 * PER_SECOND);
                load.close();
                System.out.println("forced rotation: " + load);
                assertThat(load.failures()).isEmpty();
            }
            assertThat(webhooks.secret().get().getMetadata().getAnnotations()).isNullOrEmpty();
            assertThat(Trust.of(webhooks.configuration().get()).authorities())
                    .extracting(X509Certificate::getSubjectX500Principal)
                    .as("both, as long as a replica may serve what the old one issued")
                    .containsExactly(served().getIssuerX500Principal(), before.getIssuerX500Principal());
        }

        @Test
        void deletedSecretIsMadeAnewAndServedWithoutARestart() throws Exception {
            X509Certificate before = served();

            webhooks.secret().delete();

            await("another CA")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> webhooks.secret().get() != null);
            webhooks.awaitCalled(REDIS);
            assertThat(served().getIssuerX500Principal()).isNotEqualTo(before.getIssuerX500Principal());
        }

        @Test
        void damagedSecretIsReplacedAndTold() {
            webhooks.secret().edit(secret -> {
                secret.getData().put("ca.key", "");
                return secret;
            });

            await("a whole Secret").atMost(Duration.ofSeconds(30)).until(() -> !webhooks.secretData("ca.key")
                    .isEmpty());
            webhooks.awaitCalled(REDIS);
            await("an event on the Secret").untilAsserted(() -> assertThat(stage.client()
                            .v1()
                            .events()
                            .inNamespace(SelfManagedWebhooks.NAMESPACE)
                            .list()
                            .getItems())
                    .anySatisfy(event -> {
                        assertThat(event.getReason()).isEqualTo("CertificateSecretInvalid");
                        assertThat(event.getMessage()).contains("ca.key");
                    }));
        }

        private double patches() {
            return Metrics.value(webhook.metrics(), "slotless_webhook_ca_bundle_patches_total");
        }

        private static X509Certificate served() throws Exception {
            return Trust.of(webhooks.configuration().get()).handshake(webhook.port());
        }
    }

    /** Lives of seconds instead of months and years. */
    @Nested
    class ShortLives {

        private static final Map<String, String> TERMS =
                Map.of("ca-duration", "45s", "duration", "18s", "ca-pause", "4s");

        @Test
        void noAdmissionFailsWhileEverythingIsRenewedOverAndOver() {
            webhooks.secret().delete();
            try (WebhookProcess webhook = webhooks.start("webhook-short", TERMS)) {
                stage.apply(SelfManagedWebhooks.manifest(webhook.url(), "Fail"));
                webhooks.awaitCalled(REDIS);
                try (Load load = Load.start(stage, REDIS, PER_SECOND)) {
                    double authorities = rotations(webhook, "ca");
                    await("two more CAs, and the trust in the first has ended")
                            .atMost(Duration.ofMinutes(3))
                            .until(() -> rotations(webhook, "ca") >= authorities + 2);
                    load.close();
                    System.out.printf(
                            "short lives: %s; %.0f CAs, %.0f serving certificates%n",
                            load, rotations(webhook, "ca"), rotations(webhook, "leaf"));
                    assertThat(load.failures()).isEmpty();
                }
                assertThat(Trust.of(webhooks.configuration().get()).authorities())
                        .as("the oldest is gone")
                        .hasSizeLessThanOrEqualTo(3);
            }
        }

        @Test
        void whenTheLeaderIsKilledTheOtherReplicaTakesOverAndRenews() throws Exception {
            webhooks.secret().delete();
            // A leaf must outlive a lease, of 15 s: while nobody leads nobody renews.
            Map<String, String> terms = Map.of("duration", "60s");
            WebhookProcess first = webhooks.start("webhook-first", terms);
            try (first;
                    WebhookProcess second = webhooks.start("webhook-second", terms)) {
                stage.apply(SelfManagedWebhooks.manifest(second.url(), "Fail"));
                webhooks.awaitCalled(REDIS);
                assertThat(webhooks.leader()).startsWith("webhook-first_");
                Trust trust = Trust.of(webhooks.configuration().get());
                assertThat(trust.handshake(first.port())).isEqualTo(trust.handshake(second.port()));

                try (Load load = Load.start(stage, REDIS, PER_SECOND)) {
                    Instant killed = Instant.now();
                    first.process().kill();
                    await("the other leads").atMost(Duration.ofSeconds(60)).until(() -> webhooks.leader()
                            .startsWith("webhook-second_"));
                    Duration takeover = Duration.between(killed, Instant.now());
                    await("it renews").atMost(Duration.ofSeconds(60)).until(() -> rotations(second, "leaf") > 0);
                    load.close();
                    System.out.printf("leader killed: the other leads after %d s; %s%n", takeover.toSeconds(), load);
                    assertThat(load.failures()).isEmpty();
                }
            }
        }

        private static double rotations(WebhookProcess webhook, String what) {
            return Metrics.value(
                    webhook.metrics(), "slotless_webhook_certificate_rotations_total{what=\"" + what + "\"}");
        }
    }

    /** What befalls a webhook configuration. */
    enum Harm {
        DELETED_AND_APPLIED_AGAIN(manifest -> {
            webhooks.configuration().delete();
            stage.apply(manifest);
        }),
        REPLACED_BY_ONE_WITHOUT(manifest -> {
            MutatingWebhookConfiguration wanted =
                    Serialization.unmarshal(Serialization.asJson(manifest), MutatingWebhookConfiguration.class);
            wanted.getMetadata()
                    .setResourceVersion(
                            webhooks.configuration().get().getMetadata().getResourceVersion());
            stage.client().resource(wanted).update();
        }),
        EMPTIED(manifest -> webhooks.configuration()
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"remove\", \"path\": \"/webhooks/0/clientConfig/caBundle\"}]")),
        CHANGED(manifest -> webhooks.configuration()
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"replace\", \"path\": \"/webhooks/1/clientConfig/caBundle\", \"value\": \""
                                + stage.server().certificateBase64() + "\"}]"));

        private final Consumer<GenericKubernetesResource> deed;

        Harm(Consumer<GenericKubernetesResource> deed) {
            this.deed = deed;
        }

        void to(GenericKubernetesResource manifest) {
            deed.accept(manifest);
        }
    }

    /** Ways to apply the same manifest once more. */
    enum Upgrade {
        /** As {@code kubectl apply --server-side}, without {@code --force-conflicts}. */
        SERVER_SIDE_APPLY(manifest -> stage.client()
                .resource(manifest)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("fabric8")
                        .build())),
        /** What {@code kubectl apply} and {@code helm upgrade} send: whatever the manifest has, merged by the entries' names. */
        CLIENT_SIDE_APPLY(manifest -> webhooks.configuration()
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(manifest)));

        private final Consumer<GenericKubernetesResource> deed;

        Upgrade(Consumer<GenericKubernetesResource> deed) {
            this.deed = deed;
        }

        void with(GenericKubernetesResource manifest) {
            deed.accept(manifest);
        }
    }

    /** Prometheus text. */
    private static final class Metrics {

        static double value(String metrics, String name) {
            return metrics.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in\n" + metrics));
        }
    }
}
