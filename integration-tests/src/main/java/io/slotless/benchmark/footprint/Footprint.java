package io.slotless.benchmark.footprint;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one start showed; times in seconds since the process was started, memory in MiB, {@code NaN} for what was not asked.
 *
 * @param serving when it answered a command
 * @param servingCpu CPU-seconds until then
 * @param ready when its probe said ready
 * @param pss a few seconds later
 * @param anonymous of it, what no file stands behind
 * @param loadedPss a few seconds after the load
 * @param loadedAnonymous of it, what no file stands behind
 * @param idle percent of a core while nothing happens
 */
record Footprint(
        double serving,
        double servingCpu,
        double ready,
        double pss,
        double anonymous,
        double loadedPss,
        double loadedAnonymous,
        double idle) {

    /** The median of each figure. */
    static Footprint median(List<Footprint> all) {
        return new Footprint(
                median(all, Footprint::serving),
                median(all, Footprint::servingCpu),
                median(all, Footprint::ready),
                median(all, Footprint::pss),
                median(all, Footprint::anonymous),
                median(all, Footprint::loadedPss),
                median(all, Footprint::loadedAnonymous),
                median(all, Footprint::idle));
    }

    private static double median(List<Footprint> all, ToDoubleFunction<Footprint> figure) {
        double[] sorted = all.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A row of a Markdown table. */
    String row(String name) {
        StringBuilder row = new StringBuilder("| ").append(name);
        append(row, "%.2f s", serving, servingCpu, ready);
        append(row, "%.0f", pss, anonymous, loadedPss, loadedAnonymous);
        append(row, "%.2f %%", idle);
        return row.append(" |").toString();
    }

    private static void append(StringBuilder row, String format, double... figures) {
        Arrays.stream(figures)
                .forEach(figure -> row.append(" | ").append(Double.isNaN(figure) ? "–" : format.formatted(figure)));
    }
}
