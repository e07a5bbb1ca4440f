package io.slotless.benchmark.datapath;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.benchmark.document.MarkedDocument;
import io.slotless.benchmark.load.LoadGenerator;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Peer;
import io.slotless.benchmark.system.Peers;
import io.slotless.benchmark.system.RedisBenchmark;
import io.slotless.benchmark.system.Servers;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Target;
import io.slotless.benchmark.system.Variant;
import io.slotless.fixture.process.Java;
import io.slotless.image.ImageContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The benchmark's program: see docs/benchmarks.md. */
public final class DataPathBenchmark extends Options implements Callable<Integer> {

    private static final Path FOLDER = Java.root().resolve("integration-tests/target/benchmark");

    private DataPathBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Its exit status. */
    static int run(String... arguments) {
        return new CommandLine(new DataPathBenchmark()).execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<Cell> chosen = chosenCells();
        if (chosen.isEmpty()) {
            System.err.println("No cell has " + cells + " in its name; --list prints them");
            return CommandLine.ExitCode.USAGE;
        }
        if (list) {
            chosen.forEach(System.out::println);
            return CommandLine.ExitCode.OK;
        }
        try (Servers servers = Servers.start();
                Sidecars sidecars = new Sidecars(ImageContent.SIDECAR.launcher(layers), servers, FOLDER);
                Peers proxies = new Peers(servers, FOLDER);
                LoadGenerator generator = LoadGenerator.start()) {
            List<String> surroundings = surroundings(servers);
            surroundings.forEach(System.out::println);
            Map<Target, Double> idle = start(servers, sidecars, proxies, chosen);
            List<Target> targets = List.copyOf(idle.keySet());
            Measuring measuring = new Measuring(
                    generator, targets, redisBenchmark().map(client -> ClusterAware.of(client, servers)), seconds());
            measuring.warmUp(chosen, warmUp);
            Results results = measuring.measure(chosen, rounds);
            List<MemoryUse> memory = idle.entrySet().stream()
                    .map(entry -> new MemoryUse(
                            entry.getKey().variant(),
                            entry.getValue(),
                            entry.getKey().pss()))
                    .toList();
            write(new Report(surroundings, results, memory));
            return measuring.failures() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private List<String> surroundings(Servers servers) {
        List<String> lines = new ArrayList<>();
        lines.add(Machine.describe());
        lines.add(servers.version() + ": a single one, and a cluster of three primaries with a replica each");
        lines.add("Slotless: " + ImageContent.SIDECAR.describe(layers));
        peers().forEach(peer -> lines.add(peer.version() + ": " + peer.settings()));
        redisBenchmark().map(RedisBenchmark::version).ifPresent(lines::add);
        lines.add("%d rounds of %.1f s".formatted(rounds, seconds()));
        return lines;
    }

    /** Everything that is to be measured, with its memory before any load; every key has its value then. */
    private Map<Target, Double> start(Servers servers, Sidecars sidecars, Peers proxies, List<Cell> chosen) {
        List<Target> targets = new ArrayList<>();
        targets.add(servers.direct());
        targets.add(sidecars.start(Mode.PROXY, 1));
        targets.add(sidecars.start(Mode.CLUSTER, 1));
        if (!quick) {
            targets.add(sidecars.start(Mode.CLUSTER, 2));
        }
        for (Peer peer : peers()) {
            for (Variant variant : peer.variants()) {
                targets.add(proxies.start(peer, variant));
            }
        }
        Map<Target, Double> idle = new LinkedHashMap<>();
        targets.stream()
                .filter(target -> only.matcher(target.variant().toString()).find())
                .forEach(target -> idle.put(target, target.pss()));
        chosen.stream().map(Cell::valueBytes).distinct().forEach(size -> Stream.of(targets.get(0), targets.get(2))
                .forEach(target -> Servers.fill(target, size)));
        return idle;
    }

    private void write(Report report) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("data-path.md"), report.document());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        FOLDER.resolve("data-path.json").toFile(),
                        report.results().all());
        System.out.printf("%n%s%nAll tables: %s%n", report.summary(), FOLDER.resolve("data-path.md"));
        if (document) {
            Path docs = Java.root().resolve("docs");
            Files.createDirectories(docs.resolve("benchmarks"));
            Files.writeString(docs.resolve("benchmarks/data-path.md"), report.document());
            MarkedDocument.write(
                    docs.resolve("benchmarks.md"),
                    "data-path",
                    report.summary() + "\n[All cells](benchmarks/data-path.md).\n");
        }
    }
}
