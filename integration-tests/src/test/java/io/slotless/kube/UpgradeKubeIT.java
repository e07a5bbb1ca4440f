package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A definition with new rules meets objects that were stored before these rules, as Aeraki's own definition lets them be. */
class UpgradeKubeIT {

    private static final String NAMESPACE = "upgrade";
    private static final String RULES = "x-kubernetes-validations";

    private static final KubeStage STAGE = KubeStage.shared();
    private static final GenericKubernetesResource TODAY = KubeStage.objects(
                    "manifests/crds/redisdestinations.redis.aeraki.io-v1.yml")
            .get(0);

    @BeforeAll
    static void storeWhatIsWrongToday() {
        STAGE.namespace(NAMESPACE, Map.of());
        STAGE.apply(withoutRules());
        Awaitility.await("the rules are gone")
                .ignoreException(KubernetesClientException.class)
                .until(() -> wrong("stored").create() != null);
        STAGE.apply(TODAY);
        awaitRules();
    }

    @AfterAll
    static void today() {
        STAGE.apply(TODAY);
        awaitRules();
    }

    @Test
    void storedObjectStaysReadable() {
        assertThat(stored().get().getSpec().host()).isEqualTo("redis:6379");
    }

    @Test
    void storedObjectGetsItsStatus() {
        stored().editStatus(destination -> {
            destination.setStatus(new RedisDestinationStatus(1L, RedisMode.PROXY, null, null, List.of()));
            return destination;
        });
        assertThat(stored().get().getStatus().mode()).isEqualTo(RedisMode.PROXY);
    }

    @Test
    void storedObjectCanBeLabelledButNotWrittenWrongAnew() {
        stored().edit(destination -> {
            destination.getMetadata().setLabels(Map.of("team", "shop"));
            return destination;
        });
        assertThat(stored().get().getMetadata().getLabels()).containsEntry("team", "shop");
        assertThatThrownBy(() -> wrong("new").create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("write the name of the Redis host");
    }

    private static void awaitRules() {
        Awaitility.await("the rules are back").until(() -> {
            try {
                wrong("probe").dryRun(true).create();
                return false;
            } catch (KubernetesClientException refused) {
                return refused.getCode() == 422;
            }
        });
    }

    private static Resource<RedisDestination> stored() {
        return STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withName("stored");
    }

    private static Resource<GenericKubernetesResource> wrong(String name) {
        return STAGE.client().resource(Serialization.unmarshal("""
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata: {name: %s, namespace: upgrade}
                spec: {host: "redis:6379"}
                """.formatted(name), GenericKubernetesResource.class));
    }

    private static GenericKubernetesResource withoutRules() {
        JsonNode tree = Serialization.jsonMapper().valueToTree(TODAY);
        // It does not look below what it finds.
        for (List<JsonNode> found = tree.findParents(RULES); !found.isEmpty(); found = tree.findParents(RULES)) {
            found.forEach(parent -> ((ObjectNode) parent).remove(RULES));
        }
        return Serialization.jsonMapper().convertValue(tree, GenericKubernetesResource.class);
    }
}
