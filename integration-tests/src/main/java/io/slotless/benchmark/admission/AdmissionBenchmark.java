package io.slotless.benchmark.admission;

import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.CommandLine;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.process.ProcessUsage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The benchmark's program: see docs/benchmarks.md. */
public final class AdmissionBenchmark {

    private static final int PER_SECOND = 100;
    private static final int BLOCK = 5 * PER_SECOND;
    private static final int ROUNDS = 6;
    private static final List<Integer> CATALOGUES = List.of(1_000, 10_000);

    /** In an answer that changes a pod, and in one that does not. */
    private static final String INJECTED = "JSONPatch";

    private static final String SKIPPED = "not_a_pod_creation";

    private static final String HELP = """
            Usage: integration-tests/benchmark admission [LAYERS]

            100 admissions a second against the webhook as a process, with 1,000 and 10,000 RedisDestinations known to it.
            LAYERS is what images/layers made of the webhook, in place; without it, the JVM that runs this and
            webhook/target/quarkus-app. Say how busy the machine is otherwise: it all runs on the same one.
            """;

    private AdmissionBenchmark() {}

    public static void main(String[] arguments) {
        if (arguments.length > 1 || (arguments.length == 1 && arguments[0].startsWith("-"))) {
            System.err.print(HELP);
            System.exit(2);
        }
        Launcher launcher = arguments.length == 0 ? Java.program("webhook", "-XX:+UseSerialGC") : layers(arguments[0]);
        System.out.println(
                "RedisDestinations  requests            count    p50 ms    p90 ms    p99 ms  p99.9 ms    max ms");
        CATALOGUES.forEach(destinations -> measure(launcher, destinations));
        System.exit(0);
    }

    private static Launcher layers(String folder) {
        Path home = Path.of(folder).toAbsolutePath();
        return new CommandLine(
                "webhook",
                List.of(
                        home.resolve("jre/bin/java").toString(),
                        "@" + home.resolve("java.options"),
                        "-XX:MaxRAM=384m",
                        "-jar",
                        home.resolve("quarkus-run.jar").toString()),
                Map.of("HOME", "/tmp"));
    }

    private static void measure(Launcher launcher, int destinations) {
        Certificates certificates = Certificates.create(Java.work().resolve("benchmark-tls"));
        try (FilledApiServer api = FilledApiServer.start(destinations);
                WebhookProcess webhook = WebhookProcess.start(
                        launcher,
                        Map.of("quarkus.kubernetes-client.api-server-url", api.url()),
                        certificates,
                        Java.work().resolve("benchmark-webhook.log"))) {
            OpenLoop load = new OpenLoop(certificates.trusting(), URI.create(webhook.url()), PER_SECOND);
            int namespaces = FilledApiServer.namespaces(destinations);
            List<byte[]> creations = Reviews.creations(namespaces);
            List<byte[]> updates = Reviews.updates(namespaces);
            print(destinations, "admission, cold", load.run(creations, PER_SECOND, INJECTED));
            load.run(creations, 4 * BLOCK, INJECTED);
            Histogram admissions = load.run(creations, 0, INJECTED);
            Histogram baseline = load.run(updates, 0, SKIPPED);
            for (int round = 0; round < ROUNDS; round++) {
                admissions.add(load.run(creations, BLOCK, INJECTED));
                baseline.add(load.run(updates, BLOCK, SKIPPED));
            }
            print(destinations, "admission", admissions);
            print(destinations, "nothing to decide", baseline);
            printDecisions(destinations, webhook.metrics());
            System.out.printf(
                    "%,17d  memory (PSS)       %6.0f MB%n",
                    destinations, ProcessUsage.of(webhook.process().pid()).pss());
        }
    }

    /** What the webhook itself measured, warm and cold. */
    private static void printDecisions(int destinations, String metrics) {
        double seconds = sample(metrics, "slotless_webhook_admission_seconds_sum{result=\"injected\"}");
        double count = sample(metrics, "slotless_webhook_admission_seconds_count{result=\"injected\"}");
        System.out.printf(
                "%,17d  %-18s %6.0f    %.2f ms on average%n",
                destinations, "deciding, patching", count, seconds / count * 1000);
    }

    private static double sample(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no metric " + series));
    }

    private static void print(int destinations, String what, Histogram latencies) {
        System.out.printf(
                "%,17d  %-18s %6d %9.2f %9.2f %9.2f %9.2f %9.2f%n",
                destinations,
                what,
                latencies.getTotalCount(),
                latencies.getValueAtPercentile(50) / 1000.0,
                latencies.getValueAtPercentile(90) / 1000.0,
                latencies.getValueAtPercentile(99) / 1000.0,
                latencies.getValueAtPercentile(99.9) / 1000.0,
                latencies.getMaxValue() / 1000.0);
    }
}
