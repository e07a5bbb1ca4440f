package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What our sidecar needs of CPU for a command, divided by what Redis itself needs for the same command in the same round when
 * it is asked directly: medians of the rounds. Slow machines and busy ones are slow for both.
 *
 * @param byName such as {@code CLUSTER.GET.P16}
 */
record CpuRatios(SortedMap<String, Double> byName) {

    /** How much more than before is too much: other machines, Javas and neighbours are well below. */
    static final double BOUND = 1.6;

    /** Every mode in every cell that was measured together with Redis itself. */
    static CpuRatios of(Results results) {
        SortedMap<String, Double> ratios = new TreeMap<>();
        for (Cell cell : results.cells()) {
            for (Mode mode : List.of(Mode.PROXY, Mode.CLUSTER)) {
                double[] rounds = rounds(results, cell, Variant.of(Sidecars.PRODUCT, mode));
                if (rounds.length > 0) {
                    ratios.put("%s.%s.P%d".formatted(mode, cell.operation(), cell.pipeline()), Figures.median(rounds));
                }
            }
        }
        return new CpuRatios(ratios);
    }

    private static double[] rounds(Results results, Cell cell, Variant ours) {
        Map<Integer, LoadResult> direct = results.rounds(cell, Results.REDIS);
        return results.rounds(cell, ours).entrySet().stream()
                .flatMap(round -> Stream.ofNullable(direct.get(round.getKey()))
                        .map(redis -> round.getValue().cpuPerMillion() / redis.cpuPerMillion()))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    /** What is too much, a line each; also what is compared with nothing, or was not measured. */
    List<String> complaints(CpuRatios before) {
        Stream<String> more = byName.entrySet().stream()
                .filter(now -> !(now.getValue() <= BOUND * before.byName().getOrDefault(now.getKey(), 0.0)))
                .map(now -> "%s: %.2f of Redis's own CPU for a command, was %s"
                        .formatted(now.getKey(), now.getValue(), before.text(now.getKey())));
        Stream<String> missing = before.byName().keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .map(name -> name + ": not measured");
        return Stream.concat(more, missing).toList();
    }

    private String text(String name) {
        Double ratio = byName.get(name);
        return ratio == null ? "never recorded" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    static CpuRatios read(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(in);
            return new CpuRatios(properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> Double.valueOf(properties.getProperty(name)),
                            (one, other) -> other,
                            TreeMap::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As they are written: {@code CLUSTER.GET.P16=1.00}, a line each. */
    String lines() {
        return byName.keySet().stream()
                .map(name -> name + "=" + text(name) + "\n")
                .collect(Collectors.joining());
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    "# The sidecar's CPU for a command, divided by Redis's own: written by integration-tests/benchmark regression --record\n"
                            + lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
