package io.slotless.benchmark.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * AdmissionReviews as the API server sends them for pods of Deployments, some 7 kB each. Three of four say which host they mean, or
 * let their environment say it; the fourth leaves it to the RedisDestinations of its namespace, {@value
 * FilledCluster#PER_NAMESPACE} at most.
 */
final class Reviews {

    private static final int VARIANTS = 400;
    private static final int VARIABLES = 24;

    private Reviews() {}

    /** Of pods that are created. */
    static List<byte[]> creations(int namespaces) {
        return IntStream.range(0, VARIANTS)
                .mapToObj(number -> bytes(review(number, namespaces, "CREATE")))
                .toList();
    }

    /** Of the same pods, but nothing for us to decide: they are there already. */
    static List<byte[]> updates(int namespaces) {
        return IntStream.range(0, VARIANTS)
                .mapToObj(number -> bytes(review(number, namespaces, "UPDATE")))
                .toList();
    }

    private static ObjectNode review(int number, int namespaces, String operation) {
        ObjectNode review = template();
        ObjectNode request = (ObjectNode) review.get("request");
        String namespace = "team-" + (number * 7919 % namespaces);
        request.put("uid", UUID.randomUUID().toString())
                .put("namespace", namespace)
                .put("operation", operation);
        ObjectNode pod = (ObjectNode) request.get("object");
        ((ObjectNode) pod.get("metadata")).put("namespace", namespace);
        ObjectNode annotations = (ObjectNode) pod.at("/metadata/annotations");
        String host = "redis-" + number % FilledCluster.PER_NAMESPACE;
        if (number % 4 != 3) {
            annotations.put("slotless.io/hosts", host + (number % 4 == 2 ? ", redis-1." + namespace : ""));
        }
        for (JsonNode container : pod.at("/spec/containers")) {
            ArrayNode env = (ArrayNode) container.get("env");
            env.addObject().put("name", "REDIS_URL").put("value", "redis://app:secret@" + host + ":6379/0");
            IntStream.range(0, VARIABLES).forEach(i -> env.addObject()
                    .put("name", "SETTING_" + i)
                    .put("value", "https://service-" + i + ".team-" + number + ".example.com/path?x=" + i));
        }
        return review;
    }

    private static ObjectNode template() {
        try (InputStream in = Reviews.class.getResourceAsStream("review.yaml")) {
            return Serialization.unmarshal(new String(in.readAllBytes(), StandardCharsets.UTF_8), ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ObjectNode review) {
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }
}
