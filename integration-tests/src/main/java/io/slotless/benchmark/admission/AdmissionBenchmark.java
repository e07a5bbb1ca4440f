package io.slotless.benchmark.admission;

import static org.awaitility.Awaitility.await;

import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.kubernetes.WebhookProcess;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import io.slotless.fixture.process.ProcessUsage;
import io.slotless.image.ImageContent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark's program: see docs/benchmarks.md. */
@Command(
        name = "integration-tests/benchmark admission",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description =
                "100 admissions a second against the webhook as a process, and its memory. Say how busy the machine"
                        + " is otherwise: it all runs on the same one.")
public final class AdmissionBenchmark implements Callable<Integer> {

    private static final int PER_SECOND = 100;
    /** Ten times what it takes. */
    private static final Duration EACH_STATUS = Duration.ofMillis(200);

    private static final int BLOCK = 5 * PER_SECOND;

    /** In an answer that changes a pod, and in one that does not. */
    private static final String INJECTED = "JSONPatch";

    private static final String SKIPPED = "not_a_pod_creation";

    @Option(
            names = "--layers",
            paramLabel = "FOLDER",
            description =
                    "what images/layers made of the webhook, in place; without it, the image's flags on the JVM that"
                            + " runs this, and webhook/target/quarkus-app")
    @Nullable
    Path layers;

    @Option(
            names = "--destinations",
            split = ",",
            paramLabel = "COUNT",
            description = "how many RedisDestinations, each with its Service, it knows (default: 1000,10000)")
    List<Integer> catalogues = List.of(1_000, 10_000);

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description = "FOLLOWER: another replica leads; LEADER (default): it leads, and the status of every"
                    + " RedisDestination is true already; FIRST_LEADER: it leads, and all are still to be written,"
                    + " fifty a second, before anything is measured")
    List<Role> roles = List.of(Role.LEADER);

    @Option(names = "--rounds", description = "of 500 admissions and 500 reviews without any (default: 6)")
    int rounds = 6;

    @Option(names = "--idle", description = "seconds in which nothing happens before memory is read (default: 15)")
    int idle = 15;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description =
                    "a further option of the webhook's JVM, such as -XX:NativeMemoryTracking=summary; may be repeated")
    List<String> javaOptions = List.of();

    private AdmissionBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AdmissionBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.println("Slotless: " + ImageContent.WEBHOOK.describe(layers));
        System.out.println(
                "RedisDestinations  requests            count    p50 ms    p90 ms    p99 ms  p99.9 ms    max ms");
        Launcher launcher = ImageContent.WEBHOOK.launcher(layers, javaOptions);
        roles.forEach(role -> catalogues.forEach(destinations -> measure(launcher, destinations, role)));
        return 0;
    }

    private void measure(Launcher launcher, int destinations, Role role) {
        System.out.println(role);
        Certificates certificates = Certificates.create(Java.work().resolve("benchmark-tls"));
        int namespaces = FilledCluster.namespaces(destinations);
        List<byte[]> creations = Reviews.creations(namespaces);
        List<byte[]> updates = Reviews.updates(namespaces);
        WarmClient.practise(certificates, creations, INJECTED);
        try (FilledApiServer api = new FilledApiServer(destinations, role);
                WebhookProcess webhook = WebhookProcess.start(
                        launcher,
                        Map.of("quarkus.kubernetes-client.api-server-url", api.url()),
                        certificates,
                        Java.work().resolve("benchmark-webhook.log"))) {
            awaitRole(api, role, destinations);
            ProcessUsage usage = ProcessUsage.of(webhook.process().pid());
            OpenLoop load = new OpenLoop(certificates.trusting(), URI.create(webhook.url()), PER_SECOND);
            print(destinations, "memory, ready", usage);
            print(destinations, "admission, cold", load.run(creations, PER_SECOND, INJECTED));
            load.run(creations, 4 * BLOCK, INJECTED);
            Histogram admissions = load.run(creations, 0, INJECTED);
            Histogram baseline = load.run(updates, 0, SKIPPED);
            double cpu = 0;
            for (int round = 0; round < rounds; round++) {
                double before = usage.cpuSeconds();
                admissions.add(load.run(creations, BLOCK, INJECTED));
                cpu += usage.cpuSeconds() - before;
                baseline.add(load.run(updates, BLOCK, SKIPPED));
            }
            print(destinations, "admission", admissions);
            print(destinations, "nothing to decide", baseline);
            System.out.printf(
                    "%,17d  %-18s %6.2f ms of CPU each%n",
                    destinations, "admission", cpu * 1000 / admissions.getTotalCount());
            printDecisions(destinations, webhook.metrics());
            print(destinations, "memory, after load", usage);
            if (role == Role.LEADER && api.statusesWritten() > 0) {
                throw new IllegalStateException(
                        api.statusesWritten() + " statuses were not as the webhook writes them");
            }
        }
    }

    private static void awaitRole(FilledApiServer api, Role role, int destinations) {
        await("leads").until(() -> role == Role.FOLLOWER || api.isLed());
        await("statuses")
                .atMost(Duration.ofMinutes(1).plus(EACH_STATUS.multipliedBy(destinations)))
                .until(() -> role != Role.FIRST_LEADER || api.statusesWritten() >= destinations);
    }

    private void print(int destinations, String when, ProcessUsage usage) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(idle));
        System.out.printf(
                "%,17d  %-18s %6.0f MiB (PSS), %.0f of it anonymous%n",
                destinations, when, usage.pss(), usage.anonymous());
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
        String percentiles = Stream.of(50.0, 90.0, 99.0, 99.9, 100.0)
                .map(percentile -> "%9.2f".formatted(latencies.getValueAtPercentile(percentile) / 1000.0))
                .reduce("", (line, value) -> line + " " + value);
        System.out.printf("%,17d  %-18s %6d%s%n", destinations, what, latencies.getTotalCount(), percentiles);
    }
}
