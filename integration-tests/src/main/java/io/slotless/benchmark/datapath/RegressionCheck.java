package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadGenerator;
import io.slotless.benchmark.load.Operation;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Servers;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Target;
import io.slotless.fixture.process.Java;
import io.slotless.image.ImageContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What CI asks: does the sidecar need much more CPU for a command than it did when somebody looked last? */
@Command(
        name = "integration-tests/benchmark regression",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description =
                "Measures for a minute what the sidecar needs of CPU for a command, as a ratio to what Redis itself needs,"
                        + " and compares with what was recorded in the repository.")
public final class RegressionCheck implements Callable<Integer> {

    static final Path RECORDED = Java.root().resolve("integration-tests/src/benchmark/cpu-ratios.properties");

    private static final int ROUNDS = 5;
    private static final double SECONDS = 0.6;
    private static final double WARM_UP_SECONDS = 2;
    private static final int CLIENTS = 50;
    private static final List<Cell> CELLS = List.of(
            Cell.closed(Operation.GET, CLIENTS, 1, Cell.SMALL),
            Cell.closed(Operation.GET, CLIENTS, 16, Cell.SMALL),
            Cell.closed(Operation.MGET, CLIENTS, 1, Cell.SMALL));

    @Option(names = "--record", description = "write what was measured instead of comparing")
    boolean record;

    private RegressionCheck() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RegressionCheck()).execute(arguments));
    }

    @Override
    public Integer call() {
        Path folder = Java.root().resolve("integration-tests/target/benchmark");
        try (Servers servers = Servers.start();
                Sidecars sidecars = new Sidecars(ImageContent.SIDECAR.launcher(null), servers, folder);
                LoadGenerator generator = LoadGenerator.start()) {
            List<Target> targets =
                    List.of(servers.direct(), sidecars.start(Mode.PROXY, 1), sidecars.start(Mode.CLUSTER, 1));
            Servers.fill(targets.get(0), Cell.SMALL);
            Servers.fill(targets.get(2), Cell.SMALL);
            Measuring measuring = new Measuring(generator, targets, Optional.empty(), SECONDS);
            measuring.warmUp(CELLS, WARM_UP_SECONDS);
            CpuRatios ratios = CpuRatios.of(measuring.measure(CELLS, ROUNDS));
            if (record) {
                ratios.write(RECORDED);
                System.out.println("Recorded: " + RECORDED);
                return CommandLine.ExitCode.OK;
            }
            CpuRatios before = CpuRatios.read(RECORDED);
            if (!ratios.complaints(before).isEmpty()) {
                System.out.println("More CPU than before. Perhaps it was the machine: once more");
                ratios = CpuRatios.of(measuring.measure(CELLS, ROUNDS));
            }
            return tell(ratios, before);
        }
    }

    private static int tell(CpuRatios ratios, CpuRatios before) {
        System.out.println("CPU of the sidecar for a command, as a ratio to Redis's own:\n" + ratios.lines());
        System.out.println("Recorded:\n" + before.lines());
        List<String> complaints = ratios.complaints(before);
        if (complaints.isEmpty()) {
            return CommandLine.ExitCode.OK;
        }
        System.out.printf("%nThe sidecar needs more than %.1f times as much CPU as it did:%n", CpuRatios.BOUND);
        complaints.forEach(complaint -> System.out.println("  " + complaint));
        System.out.println("""
                Look for what has become slow: docs/benchmarks.md says how to measure more closely.
                If it has to be so, record the new figures on a machine that does nothing else, and say why in the commit:
                  ./mvnw package -DskipTests && integration-tests/benchmark regression --record
                """);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
