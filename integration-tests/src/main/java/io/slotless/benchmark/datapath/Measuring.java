package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.Load;
import io.slotless.benchmark.load.LoadFailure;
import io.slotless.benchmark.load.LoadGenerator;
import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Target;
import io.slotless.benchmark.system.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Takes everything that is to be measured through every cell in turns. */
final class Measuring {

    /** Connections, buffers and branches of the new load; what comes after is measured. */
    private static final double RAMP_SECONDS = 0.3;

    private static final int CLIENTS_TO_WARM_UP = 50;
    private static final int LARGE_CLIENTS_TO_WARM_UP = 4;

    private final LoadGenerator generator;
    private final List<Target> targets;
    private final Optional<ClusterAware> clusterAware;
    private final double seconds;
    private final Results results = new Results();
    private int roundsBefore;
    private int failures;

    /**
     * @param clusterAware redis-benchmark, when it is there
     * @param seconds how long each measurement takes
     */
    Measuring(LoadGenerator generator, List<Target> targets, Optional<ClusterAware> clusterAware, double seconds) {
        this.generator = generator;
        this.targets = targets;
        this.clusterAware = clusterAware;
        this.seconds = seconds;
    }

    /** Gives every one of them the operations that are to come, so that nobody is measured cold. */
    void warmUp(List<Cell> cells, double secondsEach) {
        List<Cell> kinds = cells.stream()
                .filter(cell -> !cell.is(Cell.Kind.REDIS_BENCHMARK))
                .map(cell -> Cell.closed(
                        cell.operation(),
                        cell.valueBytes() == Cell.SMALL ? CLIENTS_TO_WARM_UP : LARGE_CLIENTS_TO_WARM_UP,
                        cell.pipeline(),
                        cell.valueBytes()))
                .distinct()
                .toList();
        for (Target target : targets) {
            System.out.println("Warming up " + target.variant());
            kinds.forEach(cell -> attempt(cell, target, 0, secondsEach));
        }
        clusterAware.ifPresent(client -> client.fill(targets));
        failures = 0;
    }

    /** Within a cell, every round begins with another one. Called once more, it adds rounds to what it told before. */
    Results measure(List<Cell> cells, int rounds) {
        int number = 0;
        for (Cell cell : cells) {
            System.out.printf("%n%d of %d: %s%n", ++number, cells.size(), cell);
            for (int round = 0; round < rounds; round++) {
                List<Target> order = new ArrayList<>(targets(cell));
                Collections.rotate(order, -round);
                for (Target target : order) {
                    measure(cell, target, roundsBefore + round);
                }
            }
            targets(cell).forEach(target -> print(cell, target.variant()));
        }
        roundsBefore += rounds;
        return results;
    }

    int failures() {
        return failures;
    }

    private List<Target> targets(Cell cell) {
        return cell.is(Cell.Kind.REDIS_BENCHMARK)
                ? clusterAware.map(client -> client.targets(targets)).orElse(List.of())
                : targets;
    }

    private void measure(Cell cell, Target target, int round) {
        Optional<LoadResult> result =
                switch (cell.kind()) {
                    case CLOSED_LOOP -> attempt(cell, target, 0, seconds);
                    case OPEN_LOOP -> attempt(cell, target, Cell.OPEN_LOOP_SHARE * peak(cell.peak(), target), seconds);
                    case REDIS_BENCHMARK -> clusterAware.map(client -> client.measure(cell, target, seconds));
                };
        result.ifPresent(measured -> results.add(new Measurement(cell, target.variant(), round, measured)));
    }

    /** What our sidecar can do in the same mode, Redis itself counting as PROXY. */
    private double peak(Cell closed, Target target) {
        Mode mode = target.variant().mode() == Mode.CLUSTER ? Mode.CLUSTER : Mode.PROXY;
        Variant ours = Variant.of(Sidecars.PRODUCT, mode);
        Target sidecar = targets.stream()
                .filter(candidate -> candidate.variant().equals(ours))
                .findFirst()
                .orElse(target);
        return results.figures(closed, ours).map(Figures::perSecond).orElseGet(() -> attempt(
                        closed, sidecar, 0, seconds)
                .map(LoadResult::perSecond)
                .orElseThrow());
    }

    private Optional<LoadResult> attempt(Cell cell, Target target, double rate, double time) {
        try {
            return Optional.of(generator.run(new Load(
                    target.address().getAddress().getHostAddress(),
                    target.address().getPort(),
                    cell.operation(),
                    cell.connections(),
                    cell.pipeline(),
                    cell.valueBytes(),
                    rate,
                    RAMP_SECONDS,
                    time,
                    target.pids())));
        } catch (LoadFailure e) {
            System.out.println("FAILED: " + target.variant() + ", " + cell + ": " + e.getMessage());
            failures++;
            return Optional.empty();
        }
    }

    private void print(Cell cell, Variant variant) {
        results.figures(cell, variant)
                .ifPresent(figures -> System.out.printf(
                        "  %-46s %,10.0f/s %8.2f s CPU/M  p50 %,8.0f  p99 %,8.0f µs%n",
                        variant, figures.perSecond(), figures.cpuPerMillion(), figures.p50(), figures.p99()));
    }
}
