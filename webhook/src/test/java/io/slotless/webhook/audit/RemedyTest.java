package io.slotless.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.webhook.injection.TestPods;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

    @ParameterizedTest
    @CsvSource({
        "ReplicaSet,  shop-7d4b9c, kubectl rollout restart -n team deployment/shop",
        "ReplicaSet,  by-hand,     delete the pod",
        "StatefulSet, shop,        kubectl rollout restart -n team statefulset/shop",
        "DaemonSet,   shop,        kubectl rollout restart -n team daemonset/shop",
        "Job,         shop,        'delete the pod, its Job makes a new one'",
    })
    void whoMadeThePodMakesItAnew(String kind, String name, String remedy) {
        assertThat(Remedy.of(TestPods.pod("team", """
                metadata:
                  name: shop-7d4b9c-x2x4z
                  labels: {pod-template-hash: 7d4b9c}
                  ownerReferences:
                    - {kind: Other, name: other}
                    - {kind: %s, name: %s, controller: true}
                """.formatted(kind, name)))).isEqualTo(remedy);
    }

    @ParameterizedTest
    @CsvSource("recreate the pod")
    void podWithoutAnOwnerIsMadeAnewByItsAuthor(String remedy) {
        assertThat(Remedy.of(TestPods.pod("team", "metadata: {name: shop}"))).isEqualTo(remedy);
    }
}
