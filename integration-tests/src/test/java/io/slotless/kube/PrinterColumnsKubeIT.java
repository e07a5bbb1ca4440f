package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.api.v1alpha1.RedisDestinationStatus;
import io.slotless.api.v1alpha1.RedisMode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
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
    void listShowsHostAndMode() throws Exception {
        JsonNode table = table();
        assertThat(texts(table.path("columnDefinitions"), "name"))
                .containsExactly("Name", "Host", "Mode", "Shards", "Ready", "Age");
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("redis");
        assertThat(table.at("/rows/0/cells/1").asText()).isEqualTo("redis.columns.svc.cluster.local");
        assertThat(table.at("/rows/0/cells/2").asText()).isEqualTo("CLUSTER");
    }

    @Test
    void statusIsWrittenByItselfAndListed() throws Exception {
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
        JsonNode cells = table().at("/rows/0/cells");
        assertThat(cells.get(3).asInt()).isEqualTo(3);
        assertThat(cells.get(4).asText()).isEqualTo("True");
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

    private static JsonNode table() throws Exception {
        HttpClient http = STAGE.client().getHttpClient();
        String body = http.sendAsync(
                        http.newHttpRequestBuilder()
                                .uri(STAGE.server().url()
                                        + "/apis/redis.aeraki.io/v1alpha1/namespaces/columns/redisdestinations")
                                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                .build(),
                        String.class)
                .get()
                .body();
        return Serialization.unmarshal(body, JsonNode.class);
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }
}
