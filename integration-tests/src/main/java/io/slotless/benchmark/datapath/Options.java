package io.slotless.benchmark.datapath;

import io.slotless.benchmark.system.Envoy;
import io.slotless.benchmark.system.Peer;
import io.slotless.benchmark.system.Predixy;
import io.slotless.benchmark.system.RedisBenchmark;
import io.slotless.benchmark.system.RedisClusterProxy;
import io.slotless.benchmark.system.Twemproxy;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the command line says. */
@Command(
        name = "integration-tests/benchmark data-path",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "What a command through the sidecar costs, beside Redis itself and, where their programs are given, other proxies."
                    + " It all runs on this machine: leave it alone meanwhile.",
            "Redis is the one of the tests (TEST_REDIS_SERVER names another)."
        })
abstract class Options {

    @Option(
            names = "--layers",
            paramLabel = "FOLDER",
            description =
                    "what images/layers made of the sidecar, in place; without it, the image's flags on the JVM that"
                            + " runs this, and sidecar/target/slotless")
    @Nullable
    Path layers;

    @Option(names = "--envoy", paramLabel = "FILE", description = "the program envoy")
    @Nullable
    Path envoy;

    @Option(names = "--predixy", paramLabel = "FILE", description = "the program predixy")
    @Nullable
    Path predixy;

    @Option(names = "--redis-cluster-proxy", paramLabel = "FILE", description = "the program redis-cluster-proxy")
    @Nullable
    Path redisClusterProxy;

    @Option(names = "--twemproxy", paramLabel = "FILE", description = "the program nutcracker")
    @Nullable
    Path twemproxy;

    @Option(names = "--quick", description = "few cells, short rounds")
    boolean quick;

    @Option(
            names = "--cells",
            paramLabel = "REGEX",
            description = "only cells in whose name it is found, such as 'GET c=50 P=(1|16) 64 B'")
    Pattern cells = Pattern.compile("");

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "only what has it in its name, such as 'Redis|CLUSTER'")
    Pattern only = Pattern.compile("");

    @Option(names = "--rounds", description = "how often each cell is measured (default: 3)")
    int rounds = 3;

    @Option(names = "--seconds", description = "how long one measurement takes (default: 2; 1 with --quick)")
    @Nullable
    Double seconds;

    @Option(names = "--warm-up", description = "seconds of each kind of load before anything is measured (default: 2)")
    double warmUp = 2;

    @Option(
            names = "--redis-benchmark",
            paramLabel = "FILE",
            description = "Redis's own load generator, for the cells of a cluster-aware client (default: that of PATH)")
    @Nullable
    Path redisBenchmark;

    @Option(
            names = "--document",
            description = "write the tables into docs/benchmarks.md and docs/benchmarks/data-path.md, too")
    boolean document;

    @Option(names = "--list", description = "print the names of the cells")
    boolean list;

    double seconds() {
        return seconds != null ? seconds : quick ? 1 : 2;
    }

    List<Cell> chosenCells() {
        List<Cell> all = quick ? Cell.quick() : Cell.all();
        return all.stream()
                .filter(cell ->
                        !cell.is(Cell.Kind.REDIS_BENCHMARK) || redisBenchmark().isPresent())
                .filter(cell -> cells.matcher(cell.toString()).find())
                .toList();
    }

    List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        if (envoy != null) {
            peers.add(new Envoy(envoy.toAbsolutePath()));
        }
        if (predixy != null) {
            peers.add(new Predixy(predixy.toAbsolutePath()));
        }
        if (redisClusterProxy != null) {
            peers.add(new RedisClusterProxy(redisClusterProxy.toAbsolutePath()));
        }
        if (twemproxy != null) {
            peers.add(new Twemproxy(twemproxy.toAbsolutePath()));
        }
        return peers;
    }

    Optional<RedisBenchmark> redisBenchmark() {
        if (redisBenchmark != null) {
            return Optional.of(new RedisBenchmark(redisBenchmark.toAbsolutePath()));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-benchmark"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(RedisBenchmark::new);
    }
}
