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

    private static final double RAMP_SECONDS = 0.3;

    private final LoadGenerator generator;
    private final List<Target> targets;
    private final int rounds;
    private final double seconds;
    private final Results results = new Results();
    private int failures;

    Measuring(LoadGenerator generator, List<Target> targets, int rounds, double seconds) {
        this.generator = generator;
        this.targets = targets;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Gives every one of them the operations that are to come, so that nobody is measured cold. */
    void warmUp(List<Cell> cells, double secondsEach) {
        List<Cell> kinds = cells.stream()
                .map(cell -> Cell.closed(
                        cell.operation(), cell.valueBytes() == Cell.SMALL ? 50 : 4, cell.pipeline(), cell.valueBytes()))
                .distinct()
                .toList();
        for (Target target : targets) {
            System.out.println("Warming up " + target.variant());
            kinds.forEach(cell -> attempt(cell, target, 0, secondsEach));
        }
        failures = 0;
    }

    /** Within a cell, every round begins with another one. */
    Results measure(List<Cell> cells) {
        int number = 0;
        for (Cell cell : cells) {
            System.out.printf("%n%d of %d: %s%n", ++number, cells.size(), cell);
            for (int round = 0; round < rounds; round++) {
                List<Target> order = new ArrayList<>(targets);
                Collections.rotate(order, -round);
                for (Target target : order) {
                    measure(cell, target, round);
                }
            }
            targets.forEach(target -> print(cell, target.variant()));
        }
        return results;
    }

    int failures() {
        return failures;
    }

    private void measure(Cell cell, Target target, int round) {
        double rate = cell.isOpenLoop() ? cell.share() * peak(cell.peak(), target) : 0;
        attempt(cell, target, rate, seconds)
                .ifPresent(result -> results.add(new Measurement(cell, target.variant(), round, result)));
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
                        "  %-46s %,10.0f/s %8.2f CPU s/M  p50 %,8.0f  p99 %,8.0f µs%n",
                        variant, figures.perSecond(), figures.cpuPerMillion(), figures.p50(), figures.p99()));
    }
}
