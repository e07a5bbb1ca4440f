package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.slotless.api.SlotlessNames;
import io.slotless.webhook.injection.RedisHost;
import io.slotless.webhook.injection.ServiceName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingPodsTest {

    private static final RedisHost SERVICE = new RedisHost(Facts.HOST, new ServiceName("redis", "cache"));
    private static final RedisHost OUTSIDE = new RedisHost("cache.example.com", null);

    private final ServingPods pods = new ServingPods();

    @Test
    void ownNamespaceComesFirstAndNoOtherGetsTwoTurnsBeforeTheRest() {
        put("evil", "a1", "a2", "a3", "a4");
        put("shop", "b1", "b2");
        put("redis", "c1", "c2");

        assertThat(chosen(SERVICE, "redis")).containsExactly("redis/c1", "evil/a1", "shop/b1");
    }

    @Test
    void oneNamespaceFillsUpWhatNobodyElseTakes() {
        put("shop", "b3", "b1", "b2", "b4");

        assertThat(chosen(SERVICE, "redis")).containsExactly("shop/b1", "shop/b2", "shop/b3");
    }

    @Test
    void hostOutsideTheClusterIsForItsOwnNamespaceOnly() {
        put("evil", "a1");
        put("shop", "b1");

        assertThat(chosen(OUTSIDE, "shop")).containsExactly("shop/b1");
    }

    @Test
    void podThatGoesOrServesOtherHostsIsNotAskedAnyMore() {
        put("shop", "b1");
        ServingPod other = new ServingPod("shop", "b1", "10.0.0.1", "2026", Set.of("other.example.com"));

        assertThat(pods.put("shop/b1", other))
                .containsExactlyInAnyOrder(Facts.HOST, OUTSIDE.fullName(), "other.example.com");
        assertThat(pods.put("shop/b1", other)).isEmpty();
        assertThat(chosen(SERVICE, "redis")).isEmpty();
        assertThat(pods.put("shop/b1", null)).containsExactly("other.example.com");
    }

    @Test
    void runningPodThatWasInjectedCanBeAsked() {
        assertThat(ServingPod.of(untyped(pod().build())))
                .contains(new ServingPod("shop", "web", "10.0.0.1", "2026-01-01T00:00:00Z", Set.of(Facts.HOST)));
    }

    @Test
    void otherPodsCannot() {
        assertThat(List.of(
                        pod().editStatus().withPhase("Pending").endStatus().build(),
                        pod().editStatus().withPodIP(null).endStatus().build(),
                        pod().editStatus()
                                .withPodIP("internal.example.com")
                                .endStatus()
                                .build(),
                        pod().editSpec().withHostNetwork(true).endSpec().build(),
                        pod().editMetadata()
                                .withDeletionTimestamp("2026-01-02T00:00:00Z")
                                .endMetadata()
                                .build(),
                        pod().withStatus(null).build()))
                .allSatisfy(pod -> assertThat(ServingPod.of(untyped(pod))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1", "{\"hosts\": 1}", "{\"hosts\": []}"})
    void annotationThatIsNotOursNamesNoHosts(String annotation) {
        assertThat(ServingPod.hosts(annotation)).isEmpty();
    }

    private static GenericKubernetesResource untyped(Pod pod) {
        return new ObjectMapper().convertValue(pod, GenericKubernetesResource.class);
    }

    private static PodBuilder pod() {
        return new PodBuilder(new Pod())
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .addToAnnotations(
                        SlotlessNames.STATUS,
                        "{\"version\":\"1\",\"hosts\":[{\"host\":\"" + Facts.HOST
                                + "\",\"address\":\"127.0.0.1\",\"port\":6379}],\"hash\":\"x\"}")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .endStatus();
    }

    private void put(String namespace, String... names) {
        for (String name : names) {
            pods.put(
                    namespace + "/" + name,
                    new ServingPod(namespace, name, "10.0.0.1", "2026", Set.of(Facts.HOST, OUTSIDE.fullName())));
        }
    }

    private List<String> chosen(RedisHost host, String own) {
        return pods.choose(host, own, 3).stream().map(ServingPod::key).toList();
    }
}
