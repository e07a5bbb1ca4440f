package io.slotless.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;

/**
 * What comes back when a pod is created.
 *
 * @param status of HTTP: 201, or of the refusal
 * @param warnings what kubectl prints
 * @param body the pod, or the refusal
 */
record PodAnswer(int status, List<String> warnings, JsonNode body) {

    /** Creates a pod. */
    static PodAnswer create(KubeStage stage, JsonNode pod) {
        return post(stage, pod, "");
    }

    /** As {@code kubectl create --dry-run=server}. */
    static PodAnswer dryRun(KubeStage stage, JsonNode pod) {
        return post(stage, pod, "?dryRun=All");
    }

    private static PodAnswer post(KubeStage stage, JsonNode pod, String query) {
        HttpClient http = stage.client().getHttpClient();
        String namespace = pod.at("/metadata/namespace").asText();
        try {
            HttpResponse<String> response = http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(stage.server().url() + "/api/v1/namespaces/" + namespace + "/pods" + query)
                                    .post("application/json", pod.toString())
                                    .build(),
                            String.class)
                    .get();
            return new PodAnswer(
                    response.code(),
                    response.headers("Warning"),
                    Serialization.jsonMapper().readTree(response.body()));
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isCreated() {
        return status == 201;
    }

    /** How many sidecars the created pod has. */
    long sidecars() {
        return StreamSupport.stream(body.at("/spec/initContainers").spliterator(), false)
                .filter(container -> container.path("name").asText().equals(SlotlessNames.SIDECAR_CONTAINER))
                .count();
    }

    /** What the author of a refused pod is told. */
    String message() {
        return body.path("message").asText();
    }
}
