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
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        String rendered = "# Rendered from charts/slotless. Change the chart, not this file.\n"
                + Chart.renderWithCrds(Map.of("createNamespace", true));
        if (REGENERATE) {
            Files.writeString(INSTALL, rendered);
        }

        assertThat(rendered).as("write it anew with -Dgolden.regenerate=true").isEqualTo(Files.readString(INSTALL));
        assertThat(Chart.objects(rendered))
                .extracting(object -> object.path("kind").asText())
                .contains("CustomResourceDefinition", "Namespace", "Deployment", "MutatingWebhookConfiguration");
        assertThat(rendered).as("works on an empty cluster").doesNotContain("cert-manager");
    }

    @Test
    void selfManagedCertificateNeedsNothingFromTheChart() throws IOException {
        String rendered = Chart.render(Map.of());

        assertThat(Chart.objects(rendered))
                .extracting(object -> object.path("kind").asText())
                .as("a Secret of the chart would be lost at the next upgrade")
                .doesNotContain("Secret", "Certificate", "Issuer");
        assertThat(Chart.object(rendered, "MutatingWebhookConfiguration").findValues("caBundle"))
                .as("it belongs to the webhook")
                .isEmpty();
        assertThat(Chart.object(rendered, "Deployment")
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("name"))
                .containsExactly("tmp");
    }

    @Test
    void certManagerBringsTheCertificateAndWhatIsTrusted() throws IOException {
        String rendered = Chart.render(Map.of("certificate.source", "certManager"));

        JsonNode certificate = Chart.objects(rendered).stream()
                .filter(object -> object.at("/metadata/name").asText().equals("slotless-webhook"))
                .filter(object -> object.path("kind").asText().equals("Certificate"))
                .findFirst()
                .orElseThrow();
        assertThat(Chart.object(rendered, "Deployment")
                        .at("/spec/template/spec/volumes/0/secret/secretName")
                        .asText())
                .isEqualTo(certificate.at("/spec/secretName").asText());
        assertThat(Chart.object(rendered, "MutatingWebhookConfiguration")
                        .at("/metadata/annotations")
                        .path("cert-manager.io/inject-ca-from")
                        .asText())
                .isEqualTo(Chart.NAMESPACE + "/slotless-webhook");
        assertMayNotReadSecrets(rendered);
    }

    @Test
    void ownCertificateIsMountedAndItsAuthorityTrusted() throws IOException {
        String rendered = Chart.render(Map.of(
                "certificate.source",
                "secret",
                "certificate.secret.name",
                "own-tls",
                "certificate.secret.caBundle",
                "PEM"));

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
        assertMayNotReadSecrets(rendered);
    }

    /** Only a CA of its own is the webhook's business. */
    private static void assertMayNotReadSecrets(String rendered) throws IOException {
        assertThat(Chart.objects(rendered))
                .filteredOn(object -> object.path("kind").asText().endsWith("Role"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(role -> assertThat(role.toString())
                        .doesNotContain("secrets")
                        .doesNotContain("mutatingwebhookconfigurations"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate.source=secret | certificate.secret.name is needed where certificate.source is secret",
                "certificate.source=secret,certificate.secret.name=x | certificate.secret.caBundle is needed where",
                "certificate.secret.name=x | certificate.secret is set, but certificate.source is selfManaged",
                "certificate.certManager.issuerRef.name=x | certificate.certManager.issuerRef is set, but certificate.source is selfManaged",
                "certificate.source=none | certificate/source",
            })
    void certificateThatCannotWorkIsRefused(String values, String message) {
        Map<String, Object> set = new TreeMap<>();
        for (String value : values.split(",")) {
            set.put(value.split("=")[0], value.split("=")[1]);
        }
        assertThatThrownBy(() -> Chart.render(set)).hasMessageContaining(message);
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
