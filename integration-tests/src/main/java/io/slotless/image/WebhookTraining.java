package io.slotless.image;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.kubernetes.ApiServer;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A webhook's day: pods that ask for the sidecar and pods that do not. */
final class WebhookTraining {

    private static final int ROUNDS = 300;
    private static final int AT_ONCE = 50;
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: redis
              namespace: shop
            spec:
              ports:
                - {name: tcp-redis, port: 6379}
            ---
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata:
              name: redis
              namespace: shop
            spec:
              host: redis.shop.svc.cluster.local
              trafficPolicy:
                connectionPool:
                  redis:
                    mode: CLUSTER
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: shop
              namespace: shop
              annotations:
                slotless.io/inject: "%s"
            spec:
              containers:
                - name: shop
                  image: example.com/shop
                  env:
                    - name: REDIS_URL
                      value: redis://redis:6379/0
            """;

    private WebhookTraining() {}

    /** Sends SIGTERM in the end, and does not wait. */
    static ChildProcess run(Launcher launcher, Path log) {
        try (ApiServer api = ApiServer.start()) {
            api.apply(OBJECTS);
            WebhookProcess webhook = WebhookProcess.start(
                    launcher,
                    Map.of("quarkus.kubernetes-client.api-server-url", api.url()),
                    Certificates.create(Java.work().resolve("training-tls")),
                    log);
            JsonNode asks = pod("true");
            JsonNode doesNotAsk = pod("false");
            await().until(() -> !webhook.admit(asks).pod().equals(asks));
            for (int i = 0; i < ROUNDS; i++) {
                webhook.admit(asks);
                webhook.admit(doesNotAsk);
            }
            burst(webhook, asks);
            webhook.metrics();
            webhook.process().terminate();
            return webhook.process();
        }
    }

    /** Many at once, each over a connection of its own. */
    private static void burst(WebhookProcess webhook, JsonNode pod) {
        ExecutorService users = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> webhook.admit(pod), users))
                            .limit(ROUNDS)
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            users.shutdown();
        }
    }

    private static JsonNode pod(String inject) {
        return Serialization.unmarshal(POD.formatted(inject), JsonNode.class);
    }
}
