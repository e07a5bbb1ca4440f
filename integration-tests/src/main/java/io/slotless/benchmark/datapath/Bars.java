package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.Operation;
import io.slotless.benchmark.system.Envoy;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Predixy;
import io.slotless.benchmark.system.RedisBenchmark;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the data path is to reach. */
final class Bars {

    private static final Predicate<Cell> CLOSED = cell -> cell.is(Cell.Kind.CLOSED_LOOP);
    private static final Predicate<Cell> ONE = CLOSED.and(cell -> cell.pipeline() == 1);
    private static final Predicate<Cell> PIPELINED = CLOSED.and(cell -> cell.pipeline() > 1);
    private static final Predicate<Cell> SMALL = CLOSED.and(cell -> cell.valueBytes() == Cell.SMALL);
    private static final Predicate<Cell> SIMPLE =
            SMALL.and(cell -> Set.of(Operation.GET, Operation.SET).contains(cell.operation()));
    private static final Predicate<Cell> FIFTY = cell -> cell.connections() == 50;
    private static final Predicate<Cell> ALONE = SIMPLE.and(ONE).and(cell -> cell.connections() == 1);
    private static final Predicate<Cell> MULTI =
            CLOSED.and(cell -> Set.of(Operation.MGET, Operation.MSET).contains(cell.operation()));
    private static final Predicate<Cell> BY_REDIS_BENCHMARK = cell -> cell.is(Cell.Kind.REDIS_BENCHMARK);

    private final Results results;

    private Bars(Results results) {
        this.results = results;
    }

    static List<Bar> of(Results results) {
        Bars bars = new Bars(results);
        return Stream.of(bars.envoy(), bars.predixy(), bars.direct(), bars.clusterAware())
                .flatMap(List::stream)
                .toList();
    }

    private List<Bar> envoy() {
        return List.of(
                Bar.atLeast(
                        "throughput of Envoy's, CLUSTER, P=1", 1.5, peer(Envoy.PRODUCT, ONE), Comparison::throughput),
                Bar.atLeast(
                        "throughput of Envoy's, CLUSTER, P=16",
                        2,
                        peer(Envoy.PRODUCT, PIPELINED),
                        Comparison::throughput),
                Bar.atMost("CPU per command of Envoy's, CLUSTER", 0.7, peer(Envoy.PRODUCT, SMALL), Comparison::cpu),
                Bar.atMost(
                        "CPU per byte of Envoy's, CLUSTER, large values",
                        1.2,
                        peer(Envoy.PRODUCT, CLOSED.and(SMALL.negate())),
                        Comparison::cpu));
    }

    private List<Bar> predixy() {
        Predicate<Cell> many = SMALL.and(MULTI.negate());
        return List.of(
                Bar.atLeast(
                        "throughput of predixy's, P=1",
                        1,
                        peer(Predixy.PRODUCT, many.and(ONE)),
                        Comparison::throughput),
                Bar.atLeast(
                        "throughput of predixy's, P=16",
                        1.25,
                        peer(Predixy.PRODUCT, many.and(PIPELINED)),
                        Comparison::throughput),
                Bar.atMost(
                        "CPU per command of predixy's, P=1", 1, peer(Predixy.PRODUCT, many.and(ONE)), Comparison::cpu),
                Bar.atMost(
                        "CPU per command of predixy's, P=16",
                        0.7,
                        peer(Predixy.PRODUCT, many.and(PIPELINED)),
                        Comparison::cpu),
                Bar.atLeast(
                        "throughput of predixy's, MGET and MSET",
                        1.2,
                        peer(Predixy.PRODUCT, MULTI),
                        Comparison::throughput),
                Bar.atMost(
                        "CPU per command of predixy's, MGET and MSET",
                        0.8,
                        peer(Predixy.PRODUCT, MULTI),
                        Comparison::cpu));
    }

    private List<Bar> direct() {
        Predicate<Cell> fifty = SIMPLE.and(FIFTY);
        return List.of(
                Bar.atLeast(
                        "throughput of Redis itself, PROXY, c=50 P=1",
                        0.85,
                        direct(Mode.PROXY, fifty.and(ONE)),
                        Comparison::throughput),
                Bar.atLeast(
                        "throughput of Redis itself, PROXY, c=50 P=16",
                        0.9,
                        direct(Mode.PROXY, fifty.and(PIPELINED)),
                        Comparison::throughput),
                Bar.atMost(
                        "added to the median at c=1, PROXY, µs",
                        50,
                        direct(Mode.PROXY, ALONE),
                        Comparison::addedMedian),
                Bar.atMost(
                        "added to the median at c=1, CLUSTER, µs",
                        50,
                        direct(Mode.CLUSTER, ALONE),
                        Comparison::addedMedian),
                Bar.atMost("p99 of Redis's own at c=1, PROXY", 2, direct(Mode.PROXY, ALONE), Comparison::p99),
                Bar.atMost("p99 of Redis's own at c=1, CLUSTER", 2, direct(Mode.CLUSTER, ALONE), Comparison::p99));
    }

    private List<Bar> clusterAware() {
        return List.of(
                Bar.atLeast(
                        "throughput of a cluster-aware client's, P=1",
                        0.9,
                        aware(cell -> cell.pipeline() == 1),
                        Comparison::throughput),
                Bar.atLeast(
                        "throughput of a cluster-aware client's, P=16",
                        0.5,
                        aware(cell -> cell.pipeline() > 1),
                        Comparison::throughput));
    }

    private List<Comparison> peer(String product, Predicate<Cell> which) {
        return cells(which)
                .flatMap(cell -> Comparison.withPeer(results, cell, product, Mode.CLUSTER).stream())
                .toList();
    }

    private List<Comparison> direct(Mode mode, Predicate<Cell> which) {
        return cells(which)
                .flatMap(cell -> Comparison.withDirect(results, cell, mode).stream())
                .toList();
    }

    private List<Comparison> aware(Predicate<Cell> which) {
        return cells(BY_REDIS_BENCHMARK.and(which))
                .flatMap(cell -> Comparison.of(
                        cell, results.ours(cell, Mode.CLUSTER), results.figures(cell, RedisBenchmark.CLUSTER_AWARE))
                        .stream())
                .toList();
    }

    private Stream<Cell> cells(Predicate<Cell> which) {
        return results.cells().stream().filter(which);
    }
}
