package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.api.SlotlessNames;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the webhook dead and failurePolicy Fail, a pod that is created is a pod that was never sent to us. */
class MatchConditionsKubeIT {

    private static final String PLAIN = "away";
    private static final String OPTED_IN = "away-opted-in";

    private static final KubeStage STAGE = KubeStage.shared();
    private static WebhookProcess webhook;

    @BeforeAll
    static void killTheWebhook() {
        STAGE.namespace(PLAIN, Map.of());
        STAGE.namespace(OPTED_IN, Map.of(SlotlessNames.INJECTION, "enabled"));
        STAGE.ensureServiceAccount("kube-system");
        webhook = STAGE.webhooks().start("webhook-killed");
        STAGE.webhooks().register(webhook, "Fail");
        STAGE.webhooks().await(answer -> answer.sidecars() == 1);
        webhook.process().kill();
        STAGE.webhooks().await(answer -> !answer.isCreated());
    }

    @AfterAll
    static void failNoMore() {
        STAGE.webhooks().register(webhook, "Ignore");
        STAGE.webhooks().await(PodAnswer::isCreated);
    }

    @Test
    void podThatAsksIsRefusedBecauseWeAreAway() {
        PodAnswer answer = PodAnswer.create(STAGE, Pods.asking(PLAIN, "asks"));
        assertThat(answer.isCreated()).isFalse();
        assertThat(answer.message()).contains("failed calling webhook \"pods.slotless.io\"");
    }

    @Test
    void podOfANamespaceThatAsksIsRefusedBecauseWeAreAway() {
        PodAnswer answer = PodAnswer.create(STAGE, Pods.plain(OPTED_IN, "plain"));
        assertThat(answer.isCreated()).isFalse();
        assertThat(answer.message()).contains("failed calling webhook \"namespaces.slotless.io\"");
    }

    @Test
    void podWithAMistypedAnswerIsSentToUsForTheWarning() {
        assertThat(PodAnswer.create(STAGE, Pods.annotated(Pods.plain(PLAIN, "mistyped"), SlotlessNames.INJECT, "yes"))
                        .isCreated())
                .isFalse();
    }

    @Test
    void podThatDoesNotAskIsNeverSentToUs() {
        assertCreatedAsItIs(Pods.plain(PLAIN, "plain"));
        assertCreatedAsItIs(Pods.annotated(Pods.plain(PLAIN, "other-annotation"), "example.com/inject", "true"));
        ObjectNode labelled = Pods.plain(PLAIN, "other-label");
        labelled.withObjectProperty("metadata").withObjectProperty("labels").put("app", "shop");
        assertCreatedAsItIs(labelled);
    }

    @Test
    void podThatRefusesIsNeverSentToUs() {
        assertCreatedAsItIs(Pods.annotated(Pods.plain(PLAIN, "refuses"), SlotlessNames.INJECT, "false"));
        assertCreatedAsItIs(Pods.annotated(Pods.plain(OPTED_IN, "refuses"), SlotlessNames.INJECT, "false"));
        ObjectNode byLabel = Pods.annotated(Pods.plain(OPTED_IN, "refuses-by-label"), SlotlessNames.INJECT, "true");
        byLabel.withObjectProperty("metadata").withObjectProperty("labels").put(SlotlessNames.INJECT, "false");
        assertCreatedAsItIs(byLabel);
    }

    @Test
    void podOfASystemNamespaceIsNeverSentToUs() {
        assertCreatedAsItIs(Pods.asking("kube-system", "asks"));
    }

    @Test
    void changesOfAPodAreNeverSentToUs() {
        assertCreatedAsItIs(Pods.plain(PLAIN, "changed"));
        assertThat(STAGE.client()
                        .pods()
                        .inNamespace(PLAIN)
                        .withName("changed")
                        .edit(pod -> pod.edit()
                                .editMetadata()
                                .addToAnnotations(SlotlessNames.INJECT, "true")
                                .endMetadata()
                                .build())
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(SlotlessNames.INJECT, "true");
    }

    private static void assertCreatedAsItIs(ObjectNode pod) {
        PodAnswer answer = PodAnswer.create(STAGE, pod);
        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(answer.sidecars()).isZero();
        assertThat(answer.warnings()).isEmpty();
    }
}
