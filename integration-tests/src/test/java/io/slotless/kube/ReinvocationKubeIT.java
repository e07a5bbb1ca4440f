package io.slotless.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.slotless.fixture.kubernetes.Kubelet;
import io.slotless.fixture.kubernetes.WebhookProcess;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** After ours another webhook changes the pod, as a service mesh does; then the API server asks us once more. */
class ReinvocationKubeIT {

    private static final String NAMESPACE = "reinvocation";

    private static final KubeStage STAGE = KubeStage.shared();
    private static WebhookProcess webhook;
    private static OtherWebhook other;
    private static MutatingWebhookConfiguration registration;

    @BeforeAll
    static void start() {
        STAGE.namespace(NAMESPACE, Map.of());
        webhook = STAGE.webhooks().start("webhook-reinvoked");
        STAGE.webhooks().register(webhook, "Ignore");
        STAGE.webhooks().await(answer -> answer.sidecars() == 1);
        other = OtherWebhook.start(STAGE.webhooks().certificates());
        registration = STAGE.client().resource(registration(other.url())).create();
        STAGE.webhooks().awaitIn(NAMESPACE, ReinvocationKubeIT::otherHasChangedIt);
    }

    @AfterAll
    static void stop() {
        STAGE.client().resource(registration).delete();
        other.close();
        webhook.close();
    }

    @Test
    void weAreAskedTwiceAndTheSecondTimeChangesNothing() {
        PodAnswer alone = PodAnswer.dryRun(STAGE, Pods.asking("webhook-probe", "alone"));
        double injected = admissions("injected");
        double repeated = admissions("already_injected");

        PodAnswer answer = PodAnswer.create(STAGE, Pods.asking(NAMESPACE, "changed-by-another"));

        assertThat(answer.isCreated()).as("%s", answer).isTrue();
        assertThat(admissions("injected") - injected).as("first calls").isEqualTo(1);
        assertThat(admissions("already_injected") - repeated).as("second calls").isEqualTo(1);
        assertThat(otherHasChangedIt(answer)).isTrue();
        assertThat(answer.sidecars()).isEqualTo(1);
        assertThat(answer.warnings()).isEmpty();
        assertThat(answer.body().at("/spec/hostAliases"))
                .hasSameSizeAs(alone.body().at("/spec/hostAliases"));
        assertThat(answer.body().at("/spec/volumes")).hasSameSizeAs(alone.body().at("/spec/volumes"));
        assertThat(Kubelet.environment(answer.body(), "shop")).isEqualTo(Kubelet.environment(alone.body(), "shop"));
    }

    private static boolean otherHasChangedIt(PodAnswer answer) {
        return answer.body().at("/spec/containers").findValuesAsText("name").contains(OtherWebhook.CONTAINER);
    }

    private static double admissions(String reason) {
        return Pattern.compile("(?m)^slotless_webhook_admissions_total\\{.*reason=\"" + reason + "\".*} (\\S+)$")
                .matcher(webhook.metrics())
                .results()
                .map(MatchResult::group)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Configurations are called in the order of their names: this one after ours. */
    private static MutatingWebhookConfiguration registration(String url) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("zz-another-team")
                .endMetadata()
                .addNewWebhook()
                .withName("another.example.com")
                .withClientConfig(STAGE.webhooks().address(url))
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", NAMESPACE)
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endRule()
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .endWebhook()
                .build();
    }
}
