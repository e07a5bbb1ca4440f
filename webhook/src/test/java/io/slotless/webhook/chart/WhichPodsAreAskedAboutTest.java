package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.Reason;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The API server chooses by selectors and CEL which pods it asks us about; our decision chooses by Java. Both must mean the
 * same: a pod that nobody asked for costs no call, and no pod that asks is forgotten.
 */
class WhichPodsAreAskedAboutTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<@Nullable String> POD_VALUES = listOf(null, "true", "false", "yes", "");
    private static final List<@Nullable String> NAMESPACE_VALUES = listOf(null, "enabled", "disabled", "on");
    private static final Set<Reason> NOT_OURS = Set.of(Reason.NOT_ASKED, Reason.OPTED_OUT);

    private static JsonNode webhooks = JSON.missingNode();

    @BeforeAll
    static void render() throws Exception {
        webhooks = Chart.object(Chart.render(Map.of()), "MutatingWebhookConfiguration")
                .path("webhooks");
    }

    @Test
    void exactlyThosePodsThatAreNotLeftAlone() throws Exception {
        for (String namespaceLabel : NAMESPACE_VALUES) {
            for (String label : POD_VALUES) {
                for (String annotation : POD_VALUES) {
                    JsonNode pod = pod(label, annotation);
                    Decision decision = TestPods.DECIDER.decide(new Pod(pod, "shop"), cluster(namespaceLabel));

                    assertThat(calls(pod, namespaceLabel))
                            .as("namespace %s, label %s, annotation %s", namespaceLabel, label, annotation)
                            .isEqualTo(NOT_OURS.contains(decision.reason()) ? 0 : 1);
                }
            }
        }
    }

    private static int calls(JsonNode pod, @Nullable String namespaceLabel) throws Exception {
        int calls = 0;
        for (JsonNode webhook : webhooks) {
            boolean selected = isSelected(webhook.at("/namespaceSelector/matchExpressions/0"), namespaceLabel);
            if (selected && matches(webhook.at("/matchConditions/0/expression").asText(), pod)) {
                calls++;
            }
        }
        return calls;
    }

    /** A key that is missing is not in any list (kubernetes.io/docs/concepts/overview/working-with-objects/labels). */
    private static boolean isSelected(JsonNode requirement, @Nullable String value) {
        boolean in = value != null && requirement.at("/values/0").asText().equals(value);
        return switch (requirement.path("operator").asText()) {
            case "In" -> in;
            case "NotIn" -> !in;
            default -> throw new IllegalArgumentException(requirement.toString());
        };
    }

    private static boolean matches(String expression, JsonNode pod) throws Exception {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("object", SimpleType.DYN)
                .build();
        CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
        Object object = JSON.convertValue(pod, Map.class);
        return (boolean)
                runtime.createProgram(compiler.compile(expression).getAst()).eval(Map.of("object", object));
    }

    private static JsonNode pod(@Nullable String label, @Nullable String annotation) {
        ObjectNode pod = JSON.createObjectNode().put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", "app");
        if (label != null) {
            metadata.putObject("labels").put("slotless.io/inject", label);
        }
        if (annotation != null) {
            metadata.putObject("annotations").put("slotless.io/inject", annotation);
        }
        pod.putObject("spec").putArray("containers").addObject().put("name", "app");
        return pod;
    }

    private static TestCluster cluster(@Nullable String label) {
        String labels = label == null ? "{}" : "{slotless.io/injection: \"" + label + "\"}";
        return TestCluster.of("{kind: Namespace, apiVersion: v1, metadata: {name: shop, labels: " + labels + "}}");
    }

    private static List<@Nullable String> listOf(@Nullable String... values) {
        List<@Nullable String> list = new ArrayList<>();
        for (String value : values) {
            list.add(value);
        }
        return list;
    }
}
