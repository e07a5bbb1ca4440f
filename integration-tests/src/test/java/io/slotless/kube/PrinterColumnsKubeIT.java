package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.crd.v1alpha1.RedisDestination;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees of a RedisDestination. */
class PrinterColumnsKubeIT {

    private static final String NAMESPACE = "columns";
    private static final KubeStage STAGE = KubeStage.shared();

    @BeforeAll
    static void oneDestination() {
        STAGE.namespace(NAMESPACE, Map.of());
        STAGE.client()
                .resource(Serialization.unmarshal("""
                        apiVersion: redis.aeraki.io/v1alpha1
                        kind: RedisDestination
                        metadata:
                          name: redis
                          namespace: columns
                        spec:
                          host: redis.columns.svc.cluster.local
                          trafficPolicy:
                            connectionPool:
                              redis:
                                mode: CLUSTER
                        """, RedisDestination.class))
                .create();
    }

    @Test
    void listShowsNameAndHost() {
        DestinationTable table = DestinationTable.of(STAGE, NAMESPACE);
        assertThat(table.columns()).containsExactly("Name", "Host", "Mode", "Shards", "Ready", "Age");
        assertThat(table.cell("redis", "Host")).isEqualTo("redis.columns.svc.cluster.local");
    }

    @Test
    void statusIsWrittenByItselfAndListed() {
        Condition ready = new ConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("Connected")
                .withMessage("3 shards")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .build();
        STAGE.client()
                .resources(RedisDestination.class)
                .inNamespace(NAMESPACE)
                .withName("redis")
                .editStatus(destination -> {
                    destination.setStatus(new RedisDestinationStatus(1L, RedisMode.CLUSTER, 3, 6, List.of(ready)));
                    return destination;
                });
        DestinationTable table = DestinationTable.of(STAGE, NAMESPACE);
        assertThat(table.cell("redis", "Mode")).isEqualTo("CLUSTER");
        assertThat(table.cell("redis", "Shards")).isEqualTo("3");
        assertThat(table.cell("redis", "Ready")).isEqualTo("True");
        // A status is no change of what the user wrote.
        assertThat(STAGE.client()
                        .resources(RedisDestination.class)
                        .inNamespace(NAMESPACE)
                        .withName("redis")
                        .get()
                        .getMetadata()
                        .getGeneration())
                .isEqualTo(1L);
    }
}
