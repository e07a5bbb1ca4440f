package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.crd.v1alpha1.RedisDestination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what after manifests/install.yaml. The sidecar has the ServiceAccount of the pod that it is in. */
class AccessKubeIT {

    private static final String NAMESPACE = "access";
    private static final KubeStage STAGE = KubeStage.shared();

    @BeforeAll
    static void namespace() {
        STAGE.namespace(NAMESPACE, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"get", "list", "watch"})
    void sidecarReadsDestinationsOfAnyNamespace(String verb) {
        assertThat(mayDo(sidecar(), verb, "redis.aeraki.io", "redisdestinations", ""))
                .isTrue();
        assertThat(mayDo(sidecar(), verb, "redis.aeraki.io", "redisdestinations", "", "kube-system"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "create, redis.aeraki.io, redisdestinations,''",
        "update, redis.aeraki.io, redisdestinations,''",
        "patch,  redis.aeraki.io, redisdestinations,''",
        "delete, redis.aeraki.io, redisdestinations,''",
        "patch,  redis.aeraki.io, redisdestinations, status",
        "update, redis.aeraki.io, redisdestinations, status",
        "get,    redis.aeraki.io, redisdestinations, status",
        "get,    redis.aeraki.io, redisservices,''",
        "list,   redis.aeraki.io, redisservices,''",
        "watch,  redis.aeraki.io, redisservices,''",
        "create, redis.aeraki.io, redisservices,''",
        "get,    '',              secrets,''",
        "list,   '',              secrets,''",
        "get,    '',              configmaps,''",
        "get,    '',              pods,''",
        "list,   '',              pods,''",
        "patch,  '',              pods,''",
        "get,    '',              services,''",
        "list,   '',              namespaces,''",
        "create, '',              events,''",
        "get,    coordination.k8s.io, leases,''",
        "create, '',              pods, exec",
        "create, '',              serviceaccounts, token",
    })
    void sidecarMayNotDoMore(String verb, String group, String resource, String subresource) {
        assertThat(mayDo(sidecar(), verb, group, resource, subresource)).isFalse();
    }

    @Test
    void nothingButReadingOurObjectsIsAddedToWhatEveryServiceAccountMayDo() {
        try (KubernetesClient sidecar = STAGE.clientOf(NAMESPACE, "default")) {
            SelfSubjectRulesReview rules = sidecar.resource(new SelfSubjectRulesReviewBuilder()
                            .withNewSpec()
                            .withNamespace(NAMESPACE)
                            .endSpec()
                            .build())
                    .create();
            // What remains is system:basic-user: questions about oneself.
            List<ResourceRule> added = rules.getStatus().getResourceRules().stream()
                    .filter(rule -> !rule.getApiGroups().get(0).endsWith(".k8s.io"))
                    .toList();
            assertThat(added).singleElement().satisfies(rule -> {
                assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "watch");
                assertThat(rule.getApiGroups()).containsExactly("redis.aeraki.io");
                assertThat(rule.getResources()).containsExactly("redisdestinations");
                assertThat(rule.getResourceNames()).isNullOrEmpty();
            });
        }
    }

    @Test
    void theTokenOfAPodReadsDestinationsAndNoSecrets() {
        try (KubernetesClient sidecar = STAGE.clientOf(NAMESPACE, "default")) {
            assertThat(sidecar.resources(RedisDestination.class)
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThatThrownBy(() -> sidecar.secrets().inNamespace(NAMESPACE).list())
                    .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> assertThat(refusal.getCode())
                            .isEqualTo(403));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "list,  '',              namespaces,        true",
        "watch, '',              namespaces,        true",
        "list,  '',              services,          true",
        "watch, redis.aeraki.io, redisdestinations, true",
        "create,'',              events,            true",
        "patch, '',              events,            true",
        "list,  '',              events,            false",
        "list,  '',              pods,              true",
        "watch, '',              pods,              true",
        "get,   '',              pods,              false",
        "patch, '',              pods,              false",
        "create,'',              pods,              false",
    })
    void webhookReadsWhatItKeepsInMemory(String verb, String group, String resource, boolean allowed) {
        assertThat(mayDo(webhook(), verb, group, resource, "")).isEqualTo(allowed);
    }

    /** Never the objects themselves: what users wrote stays theirs. */
    @ParameterizedTest
    @CsvSource({
        "patch,  status, true",
        "update, status, false",
        "patch,  '',     false",
        "update, '',     false",
        "create, '',     false",
        "delete, '',     false",
    })
    void webhookWritesNothingButTheStatusOfDestinations(String verb, String subresource, boolean allowed) {
        assertThat(mayDo(webhook(), verb, "redis.aeraki.io", "redisdestinations", subresource))
                .isEqualTo(allowed);
    }

    @Test
    void webhookReadsNoSecretsOfOtherNamespaces() {
        for (String verb : List.of("get", "list", "watch")) {
            assertThat(mayDo(webhook(), verb, "", "secrets", "")).as(verb).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "get,    '',                           secrets,                       slotless-webhook-ca,     true",
        "list,   '',                           secrets,                       slotless-webhook-ca,     true",
        "watch,  '',                           secrets,                       slotless-webhook-ca,     true",
        "update, '',                           secrets,                       slotless-webhook-ca,     true",
        "create, '',                           secrets,                       '',                      true",
        "delete, '',                           secrets,                       slotless-webhook-ca,     false",
        "get,    '',                           secrets,                       another,                 false",
        "list,   '',                           secrets,                       '',                      false",
        "update, '',                           secrets,                       another,                 false",
        "patch,  admissionregistration.k8s.io, mutatingwebhookconfigurations, slotless-webhook,        true",
        "patch,  admissionregistration.k8s.io, mutatingwebhookconfigurations, another,                 false",
        "watch,  admissionregistration.k8s.io, mutatingwebhookconfigurations, '',                      false",
        "update, admissionregistration.k8s.io, mutatingwebhookconfigurations, slotless-webhook,        false",
        "create, admissionregistration.k8s.io, mutatingwebhookconfigurations, '',                      false",
        "delete, admissionregistration.k8s.io, mutatingwebhookconfigurations, slotless-webhook,        false",
        "update, coordination.k8s.io,          leases,                        slotless-webhook-leader, true",
        "update, coordination.k8s.io,          leases,                        another,                 false",
    })
    void webhookKeepsItsOwnCertificateAndTouchesNoOthers(
            String verb, String group, String resource, String name, boolean allowed) {
        assertThat(mayDo(
                        webhook(),
                        new ResourceAttributesBuilder()
                                .withVerb(verb)
                                .withGroup(group)
                                .withResource(resource)
                                .withName(name)
                                .withNamespace("slotless-system")
                                .build()))
                .isEqualTo(allowed);
    }

    private static String sidecar() {
        return "system:serviceaccount:" + NAMESPACE + ":default";
    }

    private static String webhook() {
        return "system:serviceaccount:slotless-system:slotless-webhook";
    }

    private static boolean mayDo(String user, String verb, String group, String resource, String subresource) {
        return mayDo(user, verb, group, resource, subresource, NAMESPACE);
    }

    private static boolean mayDo(
            String user, String verb, String group, String resource, String subresource, String namespace) {
        return mayDo(
                user,
                new ResourceAttributesBuilder()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .withNamespace(namespace)
                        .build());
    }

    private static boolean mayDo(String user, ResourceAttributes deed) {
        return STAGE.client()
                .resource(new SubjectAccessReviewBuilder()
                        // The client wants every object to have metadata.
                        .withMetadata(new ObjectMeta())
                        .withNewSpec()
                        .withUser(user)
                        // What the API server knows of a ServiceAccount without being told.
                        .withGroups(
                                "system:serviceaccounts",
                                "system:serviceaccounts:" + user.split(":")[2],
                                "system:authenticated")
                        .withResourceAttributes(deed)
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }
}
