package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.slotless.webhook.injection.Decision;
import io.slotless.webhook.injection.Pod;
import io.slotless.webhook.injection.TestCluster;
import io.slotless.webhook.injection.TestPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus's operator and Grafana get finds what it is about. That the metrics exist is tested where they are made. */
class MonitoringTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new NoFieldIsUnknown());

    private static String rendered = "";

    @BeforeAll
    static void render() {
        rendered = Chart.render(Map.of(
                "monitoring.serviceMonitor.enabled", true,
                "monitoring.podMonitor.enabled", true,
                "monitoring.prometheusRule.enabled", true,
                "monitoring.dashboard.enabled", true));
    }

    @Test
    void nothingOfItIsThereUnlessAskedFor() {
        assertThat(Chart.render(Map.of())).doesNotContain("monitoring.coreos.com", "kind: ConfigMap");
    }

    @Test
    void serviceMonitorFindsTheServiceAndItsPort() throws IOException {
        ServiceMonitor monitor = strictly("ServiceMonitor", ServiceMonitor.class);
        JsonNode service = Chart.object(rendered, "Service");

        monitor.getSpec().getSelector().getMatchLabels().forEach((name, value) -> assertThat(
                        service.at("/metadata/labels").path(name).asText())
                .isEqualTo(value));
        assertThat(monitor.getSpec().getNamespaceSelector().getMatchNames()).containsExactly(Chart.NAMESPACE);
        assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(service.at("/spec/ports"))
                    .extracting(port -> port.path("name").asText())
                    .contains(endpoint.getPort());
            assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
        });
    }

    @Test
    void podMonitorFindsWhatTheWebhookInjects() throws IOException {
        PodMonitor monitor = strictly("PodMonitor", PodMonitor.class);
        JsonNode pod = injected();

        monitor.getSpec().getSelector().getMatchLabels().forEach((name, value) -> assertThat(
                        pod.at("/metadata/labels").path(name).asText())
                .isEqualTo(value));
        assertThat(monitor.getSpec().getPodMetricsEndpoints()).singleElement().satisfies(endpoint -> assertThat(
                        pod.at("/spec/initContainers/0/ports/0/name").asText())
                .isEqualTo(endpoint.getPort()));
    }

    /** So does the NetworkPolicy, which lets the webhook ask sidecars. */
    @Test
    void networkPolicyOpensTheWayToWhatTheWebhookInjects() throws IOException {
        JsonNode toSidecars = Chart.object(Chart.render(Map.of("networkPolicy.enabled", true)), "NetworkPolicy")
                .at("/spec/egress/2");
        JsonNode pod = injected();

        assertThat(toSidecars.at("/ports/0/port")).isEqualTo(pod.at("/spec/initContainers/0/ports/0/containerPort"));
        toSidecars.at("/to/0/podSelector/matchLabels").properties().forEach(label -> assertThat(
                        pod.at("/metadata/labels").path(label.getKey()))
                .isEqualTo(label.getValue()));
    }

    @Test
    void everyAlertSaysWhatItMeansAndIsInTheDocumentation() throws IOException {
        String operations = Files.readString(Path.of("../docs/operations.md"));
        List<Rule> rules = strictly("PrometheusRule", PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();

        assertThat(rules).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(rule.getLabels()).containsOnlyKeys("severity");
            assertThat(rule.getLabels().get("severity")).isIn("warning", "critical");
            assertThat(rule.getAnnotations()).containsOnlyKeys("summary", "description");
            assertThat(operations).contains("| `" + rule.getAlert() + "` |");
        });
    }

    @Test
    void dashboardIsWhatTheFolderHoldsAndEveryPanelAsksTheChosenPrometheus() throws IOException {
        JsonNode dashboard = JSON.readTree(Chart.object(rendered, "ConfigMap")
                .at("/data")
                .path("slotless.json")
                .asText());

        assertThat(dashboard)
                .isEqualTo(JSON.readTree(Files.readString(Chart.FOLDER.resolve("dashboards/slotless.json"))));
        assertThat(dashboard.path("panels"))
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
        assertThat(dashboard.findValues("targets")).hasSizeGreaterThan(10).allSatisfy(targets -> assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target ->
                        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}")));
    }

    private static <T extends HasMetadata> T strictly(String kind, Class<T> type) throws IOException {
        return STRICT.treeToValue(Chart.object(rendered, kind), type);
    }

    private static JsonNode injected() {
        Pod pod = TestPods.pod("shop", """
                metadata: {name: app, annotations: {slotless.io/inject: "true", slotless.io/hosts: redis}}
                spec: {containers: [{name: app}]}
                """);
        Decision.Inject decision = (Decision.Inject) TestPods.DECIDER.decide(pod, TestCluster.empty());
        return TestPods.INJECTOR.inject(pod, decision);
    }

    /** These models keep a field that they do not know for others; here it is an error. */
    private static final class NoFieldIsUnknown extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
