package io.slotless.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionReviewerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Admission> heard = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicBoolean complete = new AtomicBoolean(true);
    private final AdmissionReviewer reviewer = new AdmissionReviewer(
            new PatientDecider(
                    TestPods.DECIDER,
                    TestCluster.of("{kind: Namespace, metadata: {name: from-the-request}}"),
                    complete::get,
                    new Patience(Duration.ZERO, Duration.ZERO, System::nanoTime)),
            TestPods.INJECTOR,
            heard::add,
            JSON,
            () -> clock.getAndAdd(Duration.ofMillis(3).toNanos()));

    @Test
    void namespaceIsTheRequestsNotThePods() throws Exception {
        JsonNode response = review(request("Pod", "CREATE", "", "slotless.io/hosts: redis"));

        assertThat(patch(response)).contains("redis.from-the-request.svc.cluster.local");
        assertThat(heard).singleElement().satisfies(admission -> {
            assertThat(admission.result()).isEqualTo(AdmissionResult.INJECTED);
            assertThat(admission.finding().reason()).isEqualTo(Reason.INJECTED);
            assertThat(admission.pod()).isEqualTo("from-the-request/shop-*");
            assertThat(admission.took()).isEqualTo(Duration.ofMillis(3));
        });
    }

    @ParameterizedTest
    @CsvSource({"Pod, UPDATE, ''", "Pod, CREATE, ephemeralcontainers", "Deployment, CREATE, ''", "Pod, DELETE, ''"})
    void whatIsNotThePodsCreationIsLetThrough(String kind, String operation, String subresource) throws Exception {
        JsonNode response = review(request(kind, operation, subresource, "slotless.io/hosts: redis"));

        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("uid").asText()).isEqualTo("the-uid");
    }

    @Test
    void podWithoutSpecIsLetThrough() throws Exception {
        ObjectNode request = request("Pod", "CREATE", "", "a: b");
        ((ObjectNode) request.at("/request/object")).remove("spec");

        assertThat(review(request).path("allowed").asBoolean()).isTrue();
    }

    @Test
    void denialSaysWhy() throws Exception {
        JsonNode response = review(request("Pod", "CREATE", "", "slotless.io/hosts: '!'"));

        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.at("/status/message").asText()).contains("slotless.io/hosts");
        assertThat(heard).singleElement().extracting(Admission::result).isEqualTo(AdmissionResult.DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "{'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1'}",
                "{'kind':'AdmissionReview','apiVersion':'admission.k8s.io/v1beta1','request':{'uid':'u'}}",
                "{'kind':'Pod','apiVersion':'v1','request':{'uid':'u'}}",
            })
    void whatIsNotAReviewIsRefused(String body) {
        assertThatThrownBy(() -> reviewer.review(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        UnanswerableReviewException.class,
                        refusal -> assertThat(refusal.finding().reason()).isEqualTo(Reason.MALFORMED_REVIEW));
        assertThat(heard).isEmpty();
    }

    @Test
    void deeplyNestedBodyIsRefused() {
        String body = "{\"request\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> reviewer.review(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnanswerableReviewException.class)
                .hasMessageContaining("nested");
    }

    /** Jackson reads up to 1000 levels: what it lets pass must not break what comes after. */
    @Test
    void podNestedAsDeeplyAsCanBeReadIsInjected() throws Exception {
        ObjectNode request = request("Pod", "CREATE", "", "slotless.io/hosts: redis");
        JsonNode deep = JSON.readTree("[".repeat(990) + "]".repeat(990));
        ((ObjectNode) request.at("/request/object/spec")).set("madeUp", deep);

        assertThat(patch(review(request))).contains("redis.from-the-request");
    }

    /** It might say that nobody asks, and the pod would slip through. */
    @Test
    void nothingIsAnsweredFromAnIncompleteCatalogue() {
        complete.set(false);

        assertThatThrownBy(() -> review(request("Pod", "CREATE", "", "slotless.io/hosts: redis")))
                .isInstanceOfSatisfying(
                        UnanswerableReviewException.class,
                        refusal -> assertThat(refusal.finding().reason()).isEqualTo(Reason.NOT_READY));
    }

    private JsonNode review(JsonNode review) throws Exception {
        byte[] answer = reviewer.review(review.toString().getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(answer).path("response");
    }

    private static String patch(JsonNode response) throws Exception {
        return new String(response.path("patch").binaryValue(), StandardCharsets.UTF_8);
    }

    private static ObjectNode request(String kind, String operation, String subresource, String annotation) {
        return (ObjectNode) TestPods.tree("""
                apiVersion: admission.k8s.io/v1
                kind: AdmissionReview
                request:
                  uid: the-uid
                  kind: {group: "", version: v1, kind: %s}
                  namespace: from-the-request
                  operation: %s
                  subResource: "%s"
                  object:
                    metadata:
                      generateName: shop-
                      labels: {slotless.io/inject: "true"}
                      annotations: {%s}
                    spec:
                      containers: [{name: app}]
                """.formatted(kind, operation, subresource, annotation));
    }
}
