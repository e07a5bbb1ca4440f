package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that was measured in a run. */
final class Results {

    static final Variant REDIS = Variant.of("Redis", Mode.DIRECT);

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
        List<LoadResult> rounds = List.copyOf(rounds(cell, variant).values());
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Figures.of(rounds));
    }

    /** What came out in each round that came to an end. */
    Map<Integer, LoadResult> rounds(Cell cell, Variant variant) {
        return measurements.stream()
                .filter(measurement ->
                        measurement.cell().equals(cell) && measurement.variant().equals(variant))
                .collect(Collectors.toMap(Measurement::round, Measurement::result));
    }

    /** A single Redis itself. */
    Optional<Figures> direct(Cell cell) {
        return figures(cell, REDIS);
    }

    /** Of our sidecar with its default settings. */
    Optional<Figures> ours(Cell cell, Mode mode) {
        return figures(cell, Variant.of(Sidecars.PRODUCT, mode));
    }

    /** Of another's settings those that served it best in this cell. */
    Optional<Figures> best(Cell cell, String product, Mode mode) {
        return variants().stream()
                .filter(variant -> variant.product().equals(product) && variant.mode() == mode)
                .flatMap(variant -> figures(cell, variant).stream())
                .max(Comparator.comparingDouble(Figures::perSecond));
    }
}
