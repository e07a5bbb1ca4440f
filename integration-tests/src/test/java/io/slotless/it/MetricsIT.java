package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documentation, dashboard and alerts say of metrics is what the two programs tell Prometheus. */
class MetricsIT {

    private static final Pattern TYPE = Pattern.compile("# TYPE (slotless_\\w+) (\\w+)");
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(slotless_\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern ROW =
            Pattern.compile("\\| `(slotless_\\w+)` \\| (\\w+) \\| ([^|]*?) ?\\| [^|]*\\| [^|]+\\|");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");
    private static final Pattern USED = Pattern.compile("\\b(slotless_\\w+?)(?:_bucket|_count|_sum)?\\b");

    private static Map<String, String> exposed;

    @BeforeAll
    static void ask() {
        Stage stage = Stage.shared();
        exposed = metrics(stage.sidecar().metrics());
        try (WebhookProcess webhook = WebhookProcess.start(
                stage.api().url(), Certificates.create(Java.work().resolve("tls-metrics")), Stage.log("metrics"))) {
            // An admission's are made at the first one.
            webhook.admit(Serialization.unmarshal("""
                    kind: Pod
                    metadata: {name: metrics, namespace: redis}
                    """, JsonNode.class));
            exposed.putAll(metrics(webhook.metrics()));
        }
    }

    @Test
    void documentationHasThemAllWithTypeAndLabels() {
        assertThat(documented()).containsAllEntriesOf(exposed);
    }

    /** Some are made when the first thing to count happens, or by a leader only, which there is none of here. */
    @Test
    void documentationHasNoneThatNobodyMakes() throws IOException {
        String source = telemetry();

        assertThat(documented().keySet())
                .filteredOn(name -> !exposed.containsKey(name))
                .allSatisfy(name -> assertThat(source)
                        .contains('"' + name.replaceAll("_(total|seconds)$", "").replace('_', '.') + '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitoring/alerts.yaml", "dashboards/slotless.json"})
    void chartAsksForNoneThatIsNotThere(String file) {
        Set<String> used = names(Stage.manifest("charts/slotless/" + file), USED);

        assertThat(used).hasSizeGreaterThan(3).isSubsetOf(documented().keySet());
    }

    /** Micrometer finds much of it by reflection, and hears of collections by a class that nobody calls. */
    @Test
    void theSidecarTellsOfItsJvm() throws IOException, InterruptedException {
        SidecarProcess sidecar = Stage.shared().sidecar();
        sidecar.metrics();
        Process collection = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(sidecar.process().pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(collection.waitFor()).isZero();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(sidecar.metrics())
                .contains(
                        "jvm_memory_used_bytes{",
                        "jvm_gc_pause_seconds_count{",
                        "jvm_threads_live_threads",
                        "jvm_classes_loaded_classes",
                        "jvm_info{",
                        "process_cpu_usage",
                        "process_files_open_files",
                        "process_uptime_seconds"));
    }

    private static Map<String, String> documented() {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Stage.manifest("docs/operations.md"));
        while (row.find()) {
            documented.put(row.group(1), row.group(2) + " " + names(row.group(3), CODE));
        }
        return documented;
    }

    private static String telemetry() throws IOException {
        StringBuilder source = new StringBuilder();
        try (Stream<Path> files =
                Files.list(Java.root().resolve("webhook/src/main/java/io/slotless/webhook/telemetry"))) {
            for (Path file : files.toList()) {
                source.append(Files.readString(file));
            }
        }
        return source.toString();
    }

    /** By name: type and labels. */
    private static Map<String, String> metrics(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            String written = sample.group(2) == null ? "" : sample.group(2);
            labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>()).addAll(names(written, LABEL));
        }
        Map<String, String> metrics = new TreeMap<>();
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
            // OpenMetrics leaves the suffix of a counter's samples out of its name.
            boolean bare = type.group(2).equals("counter") && !type.group(1).endsWith("_total");
            String name = type.group(1) + (bare ? "_total" : "");
            Set<String> names = labels.getOrDefault(name, new TreeSet<>());
            // A bucket's upper bound.
            names.remove("le");
            metrics.put(name, type.group(2) + " " + names);
        }
        return metrics;
    }

    private static Set<String> names(String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
