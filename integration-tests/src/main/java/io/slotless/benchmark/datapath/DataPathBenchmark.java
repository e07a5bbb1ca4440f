package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadGenerator;
import io.slotless.benchmark.system.ImageContent;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Peer;
import io.slotless.benchmark.system.Peers;
import io.slotless.benchmark.system.Servers;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Target;
import io.slotless.benchmark.system.Variant;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The benchmark's program: see docs/benchmarks.md. */
public final class DataPathBenchmark extends Options implements Callable<Integer> {

    private DataPathBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DataPathBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            chosenCells().forEach(System.out::println);
            return 0;
        }
        Path folder = Java.root().resolve("integration-tests/target/benchmark");
        try (Servers servers = Servers.start();
                Sidecars sidecars = new Sidecars(ImageContent.launcher(layers), servers, folder);
                Peers proxies = new Peers(servers, folder);
                LoadGenerator generator = LoadGenerator.start()) {
            System.out.println("Slotless: " + ImageContent.describe(layers));
            List<Target> targets = start(servers, sidecars, proxies);
            Measuring measuring = new Measuring(generator, targets, rounds, seconds());
            measuring.warmUp(chosenCells(), warmUp);
            Results results = measuring.measure(chosenCells());
            Path file = report != null ? report : folder.resolve("data-path.md");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Tables.cells(results));
            System.out.println("Written: " + file);
            return measuring.failures() == 0 ? 0 : 1;
        }
    }

    private List<Target> start(Servers servers, Sidecars sidecars, Peers proxies) {
        List<Target> targets = new ArrayList<>();
        Target direct = servers.direct();
        Target cluster = sidecars.start(Mode.CLUSTER, 1);
        for (int size : chosenCells().stream().map(Cell::valueBytes).distinct().toList()) {
            Servers.fill(direct, size);
            Servers.fill(cluster, size);
        }
        targets.add(direct);
        targets.add(sidecars.start(Mode.PROXY, 1));
        targets.add(cluster);
        if (!quick) {
            targets.add(sidecars.start(Mode.CLUSTER, 2));
        }
        for (Peer peer : peers()) {
            System.out.println(peer.version() + ": " + peer.settings());
            for (Variant variant : peer.variants()) {
                targets.add(proxies.start(peer, variant));
            }
        }
        return targets.stream()
                .filter(target -> only.matcher(target.variant().toString()).find())
                .toList();
    }
}
