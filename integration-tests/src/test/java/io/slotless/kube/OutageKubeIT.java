package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods are created at a steady pace, whatever happens, while the webhook is killed and started again. */
class OutageKubeIT {

    private static final int PODS = 1000;
    private static final long PACE_MILLIS = 20;
    private static final int KILLED_AFTER = 250;
    /** A killed leader's lease must run out, and events are written at leisure. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern UNINJECTED = Pattern.compile("(?m)^slotless_webhook_uninjected_pods\\{.*} (\\S+)$");

    private static final KubeStage STAGE = KubeStage.shared();

    /** What kinds of pods there are, in turns. */
    enum Kind {
        ASKS("plain", true),
        OF_A_NAMESPACE_THAT_ASKS("opted-in", true),
        SAYS_NOTHING("plain", false),
        REFUSES("opted-in", false);

        private final String namespace;
        private final boolean asks;

        Kind(String namespace, boolean asks) {
            this.namespace = namespace;
            this.asks = asks;
        }

        String namespace(FailurePolicy policy) {
            return "outage-" + namespace + "-" + policy.name().toLowerCase(Locale.ROOT);
        }

        ObjectNode pod(FailurePolicy policy, int number) {
            String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
            ObjectNode pod = Pods.plain(namespace(policy), name);
            return switch (this) {
                case ASKS -> Pods.annotated(pod, SlotlessNames.INJECT, "true");
                case REFUSES -> Pods.annotated(pod, SlotlessNames.INJECT, "false");
                case SAYS_NOTHING, OF_A_NAMESPACE_THAT_ASKS -> pod;
            };
        }
    }

    enum FailurePolicy {
        Ignore,
        Fail
    }

    /** One creation and what came of it. */
    private record Creation(Kind kind, ObjectNode pod, PodAnswer answer) {
        String key() {
            return pod.at("/metadata/namespace").asText() + "/"
                    + pod.at("/metadata/name").asText();
        }
    }

    @ParameterizedTest
    @EnumSource
    void webhookIsKilledAndStartedAgainWhilePodsAreCreated(FailurePolicy policy) throws Exception {
        prepare(policy);
        try (WebhookProcess killed = STAGE.webhooks().start("webhook-outage-" + policy)) {
            STAGE.webhooks().register(killed, policy.name());
            STAGE.webhooks().awaitIn(Kind.ASKS.namespace(policy), answer -> answer.sidecars() == 1);

            CompletableFuture<WebhookProcess> restarted = new CompletableFuture<>();
            List<Creation> creations = createPods(policy, () -> restart(killed, restarted));

            try (WebhookProcess webhook = restarted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                check(policy, creations, webhook);
            } finally {
                STAGE.webhooks().register(killed, "Ignore");
                STAGE.webhooks().await(PodAnswer::isCreated);
            }
        }
    }

    private static void check(FailurePolicy policy, List<Creation> creations, WebhookProcess webhook) {
        List<Creation> refused = creations.stream()
                .filter(creation -> !creation.answer().isCreated())
                .toList();
        Set<String> uninjected = uninjected(policy);
        System.out.printf(
                "Outage under failurePolicy %s: %d pods, %d refused, %d that asked stored without a sidecar%n",
                policy, creations.size(), refused.size(), uninjected.size());

        assertThat(creations).hasSize(PODS);
        if (policy == FailurePolicy.Ignore) {
            assertThat(refused).isEmpty();
            assertThat(uninjected).as("there was an outage").isNotEmpty();
        } else {
            assertThat(refused).as("there was an outage").isNotEmpty().allSatisfy(creation -> {
                assertThat(creation.kind().asks).as(creation.key()).isTrue();
                assertThat(creation.answer().message()).contains("failed calling webhook");
            });
            assertThat(uninjected).isEmpty();
        }
        assertThat(sidecarsOfPodsThatDidNotAsk(policy)).isEmpty();
        await("the gauge says how many").atMost(PATIENCE).untilAsserted(() -> assertThat(gauge(webhook))
                .isEqualTo(uninjected.size()));
        await("each has an event")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(reported(policy)).isEqualTo(uninjected));
        uninjected.forEach(OutageKubeIT::delete);
        await("the gauge goes down when they go").atMost(PATIENCE).untilAsserted(() -> assertThat(gauge(webhook))
                .isZero());
    }

    /** An open loop: the next pod does not wait for the answer to the one before. */
    private static List<Creation> createPods(FailurePolicy policy, Runnable disaster) throws Exception {
        ScheduledExecutorService pace = Executors.newScheduledThreadPool(1);
        ExecutorService clients = Executors.newCachedThreadPool();
        List<CompletableFuture<Creation>> creations = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < PODS; i++) {
                Kind kind = Kind.values()[i % Kind.values().length];
                ObjectNode pod = kind.pod(policy, i);
                CompletableFuture<Creation> creation = new CompletableFuture<>();
                creations.add(creation);
                long due = TimeUnit.MILLISECONDS.toNanos(i * PACE_MILLIS) - (System.nanoTime() - start);
                pace.schedule(
                        () -> creation.completeAsync(
                                () -> new Creation(kind, pod, PodAnswer.create(STAGE, pod)), clients),
                        due,
                        TimeUnit.NANOSECONDS);
            }
            pace.schedule(() -> clients.execute(disaster), KILLED_AFTER * PACE_MILLIS, TimeUnit.MILLISECONDS);
            CompletableFuture.allOf(creations.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return creations.stream().map(CompletableFuture::join).toList();
        } finally {
            pace.shutdownNow();
            clients.shutdown();
        }
    }

    private static void restart(WebhookProcess webhook, CompletableFuture<WebhookProcess> restarted) {
        try {
            webhook.process().kill();
            restarted.complete(webhook.restart());
        } catch (RuntimeException e) {
            restarted.completeExceptionally(e);
        }
    }

    private static void prepare(FailurePolicy policy) {
        // What other tests have left would be counted, too.
        STAGE.client().pods().inAnyNamespace().withGracePeriod(0).delete();
        STAGE.namespace(Kind.ASKS.namespace(policy), Map.of());
        STAGE.namespace(Kind.OF_A_NAMESPACE_THAT_ASKS.namespace(policy), Map.of(SlotlessNames.INJECTION, "enabled"));
        for (Kind kind : List.of(Kind.ASKS, Kind.OF_A_NAMESPACE_THAT_ASKS)) {
            STAGE.apply(
                    Serialization.unmarshal("""
                    apiVersion: redis.aeraki.io/v1alpha1
                    kind: RedisDestination
                    metadata: {name: external-redis, namespace: %s}
                    spec: {host: external-redis}
                    """.formatted(kind.namespace(policy)), GenericKubernetesResource.class));
        }
    }

    private static Set<String> uninjected(FailurePolicy policy) {
        return pods(policy, true).stream()
                .filter(pod -> !hasSidecar(pod))
                .map(pod -> pod.getMetadata().getNamespace() + "/"
                        + pod.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Pod> sidecarsOfPodsThatDidNotAsk(FailurePolicy policy) {
        return pods(policy, false).stream().filter(OutageKubeIT::hasSidecar).toList();
    }

    /** As they are stored. */
    private static List<Pod> pods(FailurePolicy policy, boolean asking) {
        List<Pod> pods = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-";
            if (kind.asks == asking) {
                STAGE.client().pods().inNamespace(kind.namespace(policy)).list().getItems().stream()
                        .filter(pod -> pod.getMetadata().getName().matches(prefix + "\\d+"))
                        .forEach(pods::add);
            }
        }
        return pods;
    }

    private static boolean hasSidecar(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .anyMatch(container -> container.getName().equals(SlotlessNames.SIDECAR_CONTAINER));
    }

    private static Set<String> reported(FailurePolicy policy) {
        Set<String> reported = new TreeSet<>();
        for (Kind kind : List.of(Kind.ASKS, Kind.OF_A_NAMESPACE_THAT_ASKS)) {
            for (Event event : STAGE.client()
                    .v1()
                    .events()
                    .inNamespace(kind.namespace(policy))
                    .withField("reason", "NotInjected")
                    .list()
                    .getItems()) {
                assertThat(event.getType()).isEqualTo("Warning");
                assertThat(event.getMessage())
                        .contains("the webhook was not reached")
                        .contains("(missed)");
                reported.add(event.getInvolvedObject().getNamespace() + "/"
                        + event.getInvolvedObject().getName());
            }
        }
        return reported;
    }

    private static void delete(String key) {
        STAGE.client()
                .pods()
                .inNamespace(key.split("/")[0])
                .withName(key.split("/")[1])
                .withGracePeriod(0)
                .delete();
    }

    private static double gauge(WebhookProcess webhook) {
        return UNINJECTED
                .matcher(webhook.metrics())
                .results()
                .map(MatchResult::group)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
