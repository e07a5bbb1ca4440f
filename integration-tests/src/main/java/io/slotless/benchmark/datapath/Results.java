package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that was measured in a run. */
public final class Results {

    private final List<Measurement> measurements = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    List<Measurement> all() {
        return List.copyOf(measurements);
    }

    List<Cell> cells() {
        return measurements.stream().map(Measurement::cell).distinct().toList();
    }

    List<Variant> variants() {
        return measurements.stream().map(Measurement::variant).distinct().toList();
    }

    /** Empty when no round came to an end. */
    Optional<Figures> figures(Cell cell, Variant variant) {
        List<LoadResult> rounds = measurements.stream()
                .filter(measurement ->
                        measurement.cell().equals(cell) && measurement.variant().equals(variant))
                .map(Measurement::result)
                .toList();
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Figures.of(rounds));
    }
}
