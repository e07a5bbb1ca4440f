package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that the real API server has let our webhook change, and what its author sees of it. */
class InjectionKubeIT {

    /** Where manifests/samples are. */
    private static final String SAMPLES = "redis";

    private static final String PLAIN = "injection";
    private static final String OPTED_IN = "injection-opted-in";
    private static final String RESTRICTED = "injection-restricted";

    private static final KubeStage STAGE = KubeStage.shared();
    private static WebhookProcess webhook;
    private static GenericKubernetesResource destination;

    @BeforeAll
    static void start() {
        STAGE.ensureNamespace(SAMPLES);
        STAGE.namespace(PLAIN, Map.of());
        STAGE.namespace(OPTED_IN, Map.of(SlotlessNames.INJECTION, "enabled"));
        STAGE.namespace(
                RESTRICTED,
                Map.of(
                        "pod-security.kubernetes.io/enforce", "restricted",
                        "pod-security.kubernetes.io/enforce-version", "latest"));
        destination = STAGE.apply(KubeStage.objects("manifests/samples/redisdestination-cluster.yaml")
                .get(0));
        webhook = STAGE.webhooks().start("webhook-injection");
        STAGE.webhooks().register(webhook, "Ignore");
        STAGE.webhooks().await(answer -> answer.sidecars() == 1);
    }

    @AfterAll
    static void stop() {
        webhook.close();
        STAGE.client().resource(destination).delete();
    }

    @Test
    void podThatAsksIsStoredWithSidecarHostsAndEnvironment() {
        PodAnswer answer = PodAnswer.create(STAGE, Pods.asking(PLAIN, "asks"));

        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.warnings()).isEmpty();
        JsonNode pod = stored(PLAIN, "asks");
        assertThat(answer.body().path("spec")).isEqualTo(pod.path("spec"));
        JsonNode sidecar = Kubelet.container(pod, SlotlessNames.SIDECAR_CONTAINER);
        assertThat(sidecar.path("restartPolicy").asText()).isEqualTo("Always");
        assertThat(sidecar.path("image").asText()).isEqualTo("ghcr.io/slotless/slotless-sidecar:0.1.0");
        assertThat(Kubelet.environment(pod, SlotlessNames.SIDECAR_CONTAINER).get(SlotlessNames.BOOTSTRAP_ENV))
                .contains("external-redis.injection.svc.cluster.local");
        assertThat(Kubelet.hostsFile(pod, "external-redis")).contains("127.0.0.1");
        assertThat(Kubelet.hostsFile(pod, "external-redis.injection.svc.cluster.local"))
                .contains("127.0.0.1");
        assertThat(Kubelet.environment(pod, "shop"))
                .containsEntry("REDIS_HOST", "127.0.0.1")
                .containsEntry("REDIS_URL", "redis://127.0.0.1:6379/0");
        assertThat(pod.at("/metadata/annotations").path(SlotlessNames.STATUS).asText())
                .contains("external-redis.injection.svc.cluster.local");
    }

    @Test
    void everyContainerThatNeedsOneHasExactlyOneTokenOfItsServiceAccount() {
        JsonNode pod = PodAnswer.create(STAGE, Pods.asking(PLAIN, "token")).body();
        for (String container : new String[] {"shop", SlotlessNames.SIDECAR_CONTAINER}) {
            assertThat(Kubelet.container(pod, container).path("volumeMounts").findValuesAsText("mountPath"))
                    .as(container)
                    .containsOnlyOnce("/var/run/secrets/kubernetes.io/serviceaccount");
        }
    }

    @Test
    void sampleDeploymentIsStoredAsItIsAndItsPodIsInjected() {
        GenericKubernetesResource sample =
                KubeStage.objects("manifests/samples/deployment-opt-in.yaml").get(0);
        JsonNode template = tree(STAGE.apply(sample)).at("/spec/template");

        assertThat(template.at("/spec/containers")).hasSize(1);
        assertThat(template.at("/spec/initContainers").isMissingNode()).isTrue();
        assertThat(template.at("/spec/hostAliases").isMissingNode()).isTrue();
        PodAnswer answer =
                PodAnswer.create(STAGE, Pods.ofTemplate(template, SAMPLES, "apps/v1", "ReplicaSet", "shop-7d4b9c"));
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.sidecars()).isEqualTo(1);
        assertThat(Kubelet.environment(answer.body(), "shop")).containsEntry("REDIS_HOST", "127.0.0.1");
        assertThat(Kubelet.environment(answer.body(), SlotlessNames.SIDECAR_CONTAINER)
                        .get(SlotlessNames.BOOTSTRAP_ENV))
                .contains("\"mode\":\"CLUSTER\"");
        STAGE.client().resource(sample).delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Never", "OnFailure"})
    void podOfAJobIsInjectedAndMayEnd(String restartPolicy) {
        JsonNode template = tree(STAGE.apply(Serialization.unmarshal(
                        """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: report-%s
                  namespace: injection
                spec:
                  template:
                    metadata:
                      annotations:
                        slotless.io/inject: "true"
                        slotless.io/hosts: external-redis
                    spec:
                      restartPolicy: %s
                      containers:
                        - {name: report, image: "example.com/report:1.0"}
                """.formatted(restartPolicy.toLowerCase(Locale.ROOT), restartPolicy),
                        GenericKubernetesResource.class)))
                .at("/spec/template");

        assertThat(template.at("/spec/initContainers").isMissingNode()).isTrue();
        PodAnswer answer = PodAnswer.create(STAGE, Pods.ofTemplate(template, PLAIN, "batch/v1", "Job", "report"));
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.sidecars()).isEqualTo(1);
        assertThat(answer.body().at("/spec/restartPolicy").asText()).isEqualTo(restartPolicy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inject | maybe | not injected: slotless.io/inject must be \\\"true\\\" or \\\"false\\\"",
                "no-such-setting | 1 | unknown annotation ignored: slotless.io/no-such-setting"
            })
    void warningReachesWhoCreatesThePod(String annotation, String value, String warning) {
        PodAnswer answer = PodAnswer.dryRun(
                STAGE, Pods.annotated(Pods.asking(PLAIN, "warned"), SlotlessNames.PREFIX + annotation, value));
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.warnings()).singleElement().asString().contains(warning);
    }

    @Test
    void podOnTheHostsNetworkIsCreatedAsItIsAndItsAuthorIsTold() {
        ObjectNode pod = Pods.asking(PLAIN, "host-network");
        pod.withObjectProperty("spec").put("hostNetwork", true);
        PodAnswer answer = PodAnswer.create(STAGE, pod);
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.sidecars()).isZero();
        assertThat(answer.warnings())
                .singleElement()
                .asString()
                .startsWith("299 ")
                .contains("slotless: not injected: the pod uses the host's network");
    }

    @Test
    void podWithASettingThatCannotBeFollowedIsRefusedWithTheReason() {
        PodAnswer answer = PodAnswer.create(
                STAGE,
                Pods.annotated(Pods.asking(PLAIN, "refused"), SlotlessNames.SIDECAR_PREFIX + "memory-limit", "lots"));
        assertThat(answer.isCreated()).isFalse();
        assertThat(answer.message())
                .startsWith("admission webhook \"pods.slotless.io\" denied the request: slotless: invalid sidecar"
                        + " setting: slotless.io/sidecar-memory-limit must be a quantity like 256Mi, not \"lots\"");
    }

    @Test
    void namespaceAsksForAllOfItsPodsThatDoNotRefuse() {
        ObjectNode plain = Pods.annotated(Pods.plain(OPTED_IN, "plain"), SlotlessNames.HOSTS, "external-redis");
        assertThat(PodAnswer.create(STAGE, plain).sidecars()).isEqualTo(1);
        ObjectNode refuses = Pods.annotated(Pods.asking(OPTED_IN, "refuses"), SlotlessNames.INJECT, "false");
        assertThat(PodAnswer.create(STAGE, refuses).sidecars()).isZero();
        assertThat(PodAnswer.create(STAGE, Pods.plain(PLAIN, "plain")).sidecars())
                .isZero();
    }

    @Test
    void labelOfAPodWinsOverItsAnnotation() {
        ObjectNode pod = Pods.annotated(Pods.asking(PLAIN, "label"), SlotlessNames.INJECT, "false");
        pod.withObjectProperty("metadata").withObjectProperty("labels").put(SlotlessNames.INJECT, "true");
        assertThat(PodAnswer.dryRun(STAGE, pod).sidecars()).isEqualTo(1);
    }

    @Test
    void dryRunShowsTheInjectedPodAndStoresNothing() {
        assertThat(PodAnswer.dryRun(STAGE, Pods.asking(PLAIN, "dry-run")).sidecars())
                .isEqualTo(1);
        assertThat(STAGE.client().pods().inNamespace(PLAIN).withName("dry-run").get())
                .isNull();
    }

    @Test
    void restrictedNamespaceAcceptsTheInjectedPod() {
        // First that the namespace is what we believe it to be.
        assertThat(PodAnswer.dryRun(STAGE, Pods.asking(RESTRICTED, "lax")).message())
                .contains("violates PodSecurity \"restricted:latest\"")
                .doesNotContain(SlotlessNames.SIDECAR_CONTAINER + "\"");
        ObjectNode pod = Pods.asking(RESTRICTED, "restricted");
        pod.withObjectProperty("spec").set("securityContext", yaml("""
                runAsNonRoot: true
                seccompProfile: {type: RuntimeDefault}
                """));
        ((ObjectNode) pod.at("/spec/containers/0")).set("securityContext", yaml("""
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL]}
                """));
        PodAnswer answer = PodAnswer.create(STAGE, pod);
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.sidecars()).isEqualTo(1);
        assertThat(answer.warnings()).isEmpty();
    }

    @Test
    void destinationIsKnownToTheWebhookSoonAfterItIsCreated() {
        GenericKubernetesResource created = STAGE.apply(Serialization.unmarshal("""
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata: {name: external-redis, namespace: injection-opted-in}
                spec:
                  host: external-redis.injection-opted-in.svc.cluster.local
                """, GenericKubernetesResource.class));
        Awaitility.await().untilAsserted(() -> assertThat(
                        PodAnswer.dryRun(STAGE, Pods.plain(OPTED_IN, "later")).sidecars())
                .isEqualTo(1));
        STAGE.client().resource(created).delete();
        Awaitility.await().untilAsserted(() -> assertThat(
                        PodAnswer.dryRun(STAGE, Pods.plain(OPTED_IN, "later")).sidecars())
                .isZero());
    }

    /** Not by the client's model, which leaves out what is empty. */
    private static JsonNode stored(String namespace, String name) {
        return yaml(STAGE.client().raw("/api/v1/namespaces/" + namespace + "/pods/" + name));
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }

    private static JsonNode tree(Object object) {
        return Serialization.jsonMapper().valueToTree(object);
    }
}
