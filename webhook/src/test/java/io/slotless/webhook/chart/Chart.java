package io.slotless.webhook.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Helm chart, rendered by Helm. */
final class Chart {

    static final Path FOLDER = Path.of("../charts/slotless");
    static final String NAMESPACE = "slotless-system";

    private static final YAMLMapper YAML = new YAMLMapper();

    private Chart() {}

    static String render(Map<String, Object> values) {
        TemplateCommand template = template();
        values.forEach(template::set);
        return template.call();
    }

    static String render(Path values) {
        return template().withValuesFile(values).call();
    }

    /** What Helm tells whoever installs it. */
    static String notes(String kubeVersion, Map<String, Object> values) {
        InstallCommand install = new Helm(FOLDER)
                .install()
                .withName("slotless")
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubeVersion)
                .clientOnly()
                .dryRun();
        values.forEach(install::set);
        String output = install.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    private static TemplateCommand template() {
        return new Helm(FOLDER)
                .template()
                .withName("slotless")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.33.0");
    }

    /** Helm's own template command leaves the folder {@code crds} out. */
    static String renderWithCrds(Map<String, Object> values) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> crds = Files.list(FOLDER.resolve("crds"))) {
            for (Path crd : crds.sorted().toList()) {
                all.append("---\n").append(Files.readString(crd));
            }
        }
        return all.append(render(values)).toString();
    }

    static List<JsonNode> objects(String rendered) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(rendered)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }

    static JsonNode object(String rendered, String kind) throws IOException {
        return objects(rendered).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in\n" + rendered));
    }
}
