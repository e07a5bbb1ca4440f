package io.slotless.benchmark.connections;

import io.slotless.benchmark.connections.Crowd.Request;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Servers;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Target;
import io.slotless.fixture.process.Java;
import io.slotless.image.ImageContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark's program: see docs/benchmarks.md. */
@Command(
        name = "integration-tests/benchmark connections",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description =
                "What a client connection costs the sidecar in memory, and what thousands of them cost in throughput.")
public final class ConnectionsBenchmark implements Callable<Integer> {

    private static final int AT_ONCE = 200;
    /** In the form that client libraries send: the other, in one line, is for people, and leaves garbage in the sidecar. */
    private static final Request ONE = request("*2\r\n$3\r\nGET\r\n$5\r\nkey:0\r\n", "$-1\r\n", 1);

    private static final String KILOBYTE = "$1000\r\n" + "x".repeat(1000) + "\r\n";
    /** Some 60 KB there and 60 KB back. */
    private static final Request BURST = request("*2\r\n$4\r\nECHO\r\n" + KILOBYTE, KILOBYTE, 60);

    @Option(
            names = "--layers",
            paramLabel = "FOLDER",
            description =
                    "what images/layers made of the sidecar, in place; without it, the image's flags on the JVM that"
                            + " runs this, and sidecar/target/slotless")
    @Nullable
    Path layers;

    @Option(names = "--mode", description = "PROXY or CLUSTER (default)")
    Mode mode = Mode.CLUSTER;

    @Option(names = "--connections", description = "how many (default: 9900; the sidecar takes 10,000 at most)")
    int connections = 9_900;

    @Option(names = "--rounds", description = "how often throughput is measured (default: 7)")
    int rounds = 7;

    @Option(names = "--commands", description = "in each round (default: 100,000)")
    int commands = 100_000;

    private ConnectionsBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConnectionsBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() {
        Path logs = Java.root().resolve("integration-tests/target/benchmark");
        try (Servers servers = Servers.start();
                Sidecars sidecars = new Sidecars(ImageContent.SIDECAR.launcher(layers), servers, logs)) {
            System.out.println("Slotless " + mode + ": " + ImageContent.SIDECAR.describe(layers));
            Target crowded = sidecars.start(mode, 1);
            Target quiet = sidecars.start(mode, 1);
            Target direct = servers.direct();
            Turns through = new Turns(quiet, crowded);
            Turns beside = new Turns(direct, direct);
            try (Crowd few = crowd(quiet);
                    Crowd many = crowd(crowded);
                    Crowd directFew = crowd(direct);
                    Crowd directMany = crowd(direct)) {
                memory(crowded, many);
                // Redis itself takes 10,000 in all, and somebody has to be able to ask it; this process may open 20,000
                // files.
                directMany.grow(connections - 2 * AT_ONCE);
                for (int round = 0; round < rounds; round++) {
                    through.measure(few, many);
                    beside.measure(directFew, directMany);
                }
            }
            System.out.printf(
                    "%n| commands/s, %d connections active at a time | %d open | %,d open | ratio | µs of CPU each | %,d open |%n"
                            + "|---|---:|---:|---:|---:|---:|%n",
                    AT_ONCE, AT_ONCE, connections, connections);
            System.out.println(through.row());
            System.out.println(beside.row());
        }
        return 0;
    }

    /** Those that are there before anything is measured, and have warmed the server up. */
    private Crowd crowd(Target target) {
        Crowd crowd = new Crowd(target.address());
        crowd.grow(AT_ONCE);
        crowd.turns(ONE, AT_ONCE, commands);
        return crowd;
    }

    private void memory(Target target, Crowd crowd) {
        System.out.printf(
                "%n| %,d connections more | live objects, B each | PSS, B each | PSS, MB |%n", connections - AT_ONCE);
        System.out.println("|---|---:|---:|---:|");
        Footprint before = Footprint.of(target);
        crowd.grow(connections);
        Footprint.of(target).print("open", before, connections - AT_ONCE);
        crowd.everyone(ONE, AT_ONCE);
        Footprint.of(target).print("after one command each", before, connections - AT_ONCE);
        crowd.everyone(BURST, 20);
        Footprint.of(target).print("after 60 commands of 1 KB each, pipelined", before, connections - AT_ONCE);
    }

    /** What one server did, with few and with many connections, round by round. */
    private final class Turns {

        private final Target quiet;
        private final Target crowded;
        private final List<Round> fewer = new ArrayList<>();
        private final List<Round> more = new ArrayList<>();

        Turns(Target quiet, Target crowded) {
            this.quiet = quiet;
            this.crowded = crowded;
        }

        void measure(Crowd few, Crowd many) {
            fewer.add(round(quiet, few));
            more.add(round(crowded, many));
        }

        String row() {
            double rate = median(fewer, Round::perSecond);
            double crowdedRate = median(more, Round::perSecond);
            return String.format(
                    "| %s | %,.0f | %,.0f | %.2f | %.1f | %.1f |",
                    crowded.variant(),
                    rate,
                    crowdedRate,
                    crowdedRate / rate,
                    median(fewer, Round::cpuMicros),
                    median(more, Round::cpuMicros));
        }
    }

    private Round round(Target target, Crowd crowd) {
        double cpu = target.cpuSeconds();
        long start = System.nanoTime();
        crowd.turns(ONE, AT_ONCE, commands);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(commands / seconds, (target.cpuSeconds() - cpu) * 1e6 / commands);
    }

    /** @param cpuMicros the target's for a command, user and system */
    private record Round(double perSecond, double cpuMicros) {}

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static Request request(String command, String reply, int times) {
        return new Request(command.repeat(times).getBytes(StandardCharsets.US_ASCII), reply.length() * times);
    }

    /** What a sidecar has in memory, in bytes. */
    private record Footprint(long live, double pss) {

        private static final double MIB = 1024 * 1024;

        /** After garbage was collected. */
        static Footprint of(Target target) {
            long live = GarbageCollection.liveBytes(target.pids().get(0));
            return new Footprint(live, target.pss() * MIB);
        }

        void print(String what, Footprint before, int clients) {
            System.out.printf(
                    "| %s | %,d | %,.0f | %.0f |%n",
                    what, (live - before.live) / clients, (pss - before.pss) / clients, pss / MIB);
        }
    }
}
