package io.slotless.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Path INSTALL = Path.of("../manifests/install.yaml");
    private static final boolean REGENERATE = Boolean.getBoolean("golden.regenerate");

    @Test
    void helmFindsNothingToComplainAbout() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    /** {@code -Dgolden.regenerate=true} writes it anew. */
    @Test
    void staticManifestIsTheRenderedChart() throws IOException {
        String rendered = "# Rendered from charts/slotless; needs cert-manager. Change the chart, not this file.\n"
                + Chart.renderWithCrds(Map.of("createNamespace", true));
        if (REGENERATE) {
            Files.writeString(INSTALL, rendered);
        }

        assertThat(rendered).as("write it anew with -Dgolden.regenerate=true").isEqualTo(Files.readString(INSTALL));
        assertThat(Chart.objects(rendered))
                .extracting(object -> object.path("kind").asText())
                .contains(
                        "CustomResourceDefinition",
                        "Namespace",
                        "Deployment",
                        "MutatingWebhookConfiguration",
                        "Certificate");
    }

    @Test
    void ownCertificateInsteadOfCertManager() throws IOException {
        String rendered = Chart.render(Map.of(
                "certificate.certManager.enabled", false,
                "certificate.existingSecret", "own-tls",
                "certificate.caBundle", "PEM"));

        assertThat(rendered).doesNotContain("cert-manager.io");
        JsonNode webhooks =
                Chart.object(rendered, "MutatingWebhookConfiguration").path("webhooks");
        assertThat(webhooks).hasSize(2).allSatisfy(webhook -> assertThat(
                        webhook.at("/clientConfig/caBundle").asText())
                .isEqualTo(Base64.getEncoder().encodeToString("PEM".getBytes(StandardCharsets.UTF_8))));
        assertThat(Chart.object(rendered, "Deployment")
                        .at("/spec/template/spec/volumes/0/secret/secretName")
                        .asText())
                .isEqualTo("own-tls");
    }

    @Test
    void withoutAnyCertificateNothingIsRendered() {
        assertThatThrownBy(() -> Chart.render(Map.of("certificate.certManager.enabled", false)))
                .hasMessageContaining("certificate.")
                .hasMessageContaining("is needed where certificate.certManager.enabled is false");
    }

    @Test
    void webhookRunsUnderPodSecurityRestricted() throws IOException {
        JsonNode pod = Chart.object(Chart.render(Map.of()), "Deployment").at("/spec/template/spec");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode container = pod.at("/containers/0/securityContext");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }

    @Test
    void webhookItselfIsNeverInjected() throws IOException {
        for (JsonNode webhook : Chart.object(Chart.render(Map.of()), "MutatingWebhookConfiguration")
                .path("webhooks")) {
            TreeSet<String> excluded = new TreeSet<>();
            webhook.at("/namespaceSelector/matchExpressions/1/values").forEach(name -> excluded.add(name.asText()));
            assertThat(excluded).containsExactly("kube-node-lease", "kube-public", "kube-system", Chart.NAMESPACE);
        }
    }

    @Test
    void serviceLeadsToTheWebhook() throws IOException {
        String rendered = Chart.render(Map.of());
        JsonNode service = Chart.object(rendered, "Service");
        JsonNode deployment = Chart.object(rendered, "Deployment");
        JsonNode target = Chart.object(rendered, "MutatingWebhookConfiguration").at("/webhooks/0/clientConfig/service");

        assertThat(target.path("name")).isEqualTo(service.at("/metadata/name"));
        assertThat(target.path("namespace").asText()).isEqualTo(Chart.NAMESPACE);
        assertThat(target.path("port")).isEqualTo(service.at("/spec/ports/0/port"));
        assertThat(service.at("/spec/ports/0/targetPort"))
                .isEqualTo(deployment.at("/spec/template/spec/containers/0/ports/0/name"));
        service.at("/spec/selector").properties().forEach(label -> assertThat(
                        deployment.at("/spec/template/metadata/labels").path(label.getKey()))
                .isEqualTo(label.getValue()));
    }

    @Test
    void notesSayWhatToDoNextAndWhatTheValuesMean() {
        assertThat(Chart.notes("1.33.0", Map.of()))
                .contains("kubectl -n slotless-system rollout status deployment/slotless-webhook")
                .contains("slotless.io/inject: \"true\"")
                .contains("failurePolicy is Ignore")
                .doesNotContain("WARNING", "native sidecars", "create rolebinding", "{{", "<no value>");
        assertThat(Chart.notes(
                        "1.28.0",
                        Map.of("admission.failurePolicy", "Fail", "replicas", 1, "sidecarRbac.create", false)))
                .contains("failurePolicy is Fail", "WARNING: with one replica", "has no native sidecars")
                .contains("create rolebinding slotless-sidecar --clusterrole=slotless-sidecar");
    }
}
