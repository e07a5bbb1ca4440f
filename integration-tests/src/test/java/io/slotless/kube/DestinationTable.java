package io.slotless.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;

/** What {@code kubectl get rd} shows: the table that the API server makes by the printer columns. */
record DestinationTable(JsonNode table) {

    static DestinationTable of(KubeStage stage, String namespace) {
        HttpClient http = stage.client().getHttpClient();
        try {
            String body = http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(stage.server().url() + "/apis/redis.aeraki.io/v1alpha1/namespaces/" + namespace
                                            + "/redisdestinations")
                                    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                    .build(),
                            String.class)
                    .get()
                    .body();
            return new DestinationTable(Serialization.unmarshal(body, JsonNode.class));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<String> columns() {
        return StreamSupport.stream(table.path("columnDefinitions").spliterator(), false)
                .map(column -> column.path("name").asText())
                .toList();
    }

    /** Empty where there is nothing. */
    String cell(String name, String column) {
        int index = columns().indexOf(column);
        return StreamSupport.stream(table.path("rows").spliterator(), false)
                .map(row -> row.path("cells"))
                .filter(cells -> cells.path(0).asText().equals(name))
                .map(cells ->
                        cells.path(index).isNull() ? "" : cells.path(index).asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + table));
    }

    /** Mode, Shards and Ready, with a space between. */
    String summary(String name) {
        return cell(name, "Mode") + " " + cell(name, "Shards") + " " + cell(name, "Ready");
    }
}
