package io.slotless.benchmark.datapath;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is to be reached, in every cell that it is about, and what was.
 *
 * @param what the figure, in words
 * @param limit what it should be
 * @param figure the worst that was measured, and where; empty when nothing was
 * @param met whether all were good enough
 */
record Bar(String what, String limit, Optional<String> figure, boolean met) {

    static Bar atLeast(String what, double limit, List<Comparison> cells, ToDoubleFunction<Comparison> figure) {
        return judge(what, "≥ " + text(limit), cells, figure, -1, limit);
    }

    static Bar atMost(String what, double limit, List<Comparison> cells, ToDoubleFunction<Comparison> figure) {
        return judge(what, "≤ " + text(limit), cells, figure, 1, limit);
    }

    /** @param badSide 1 where more is worse, -1 where less is */
    private static Bar judge(
            String what,
            String limit,
            List<Comparison> cells,
            ToDoubleFunction<Comparison> figure,
            int badSide,
            double bound) {
        Comparator<Comparison> byBadness = Comparator.comparingDouble(cell -> badSide * figure.applyAsDouble(cell));
        long good = cells.stream()
                .filter(cell -> badSide * figure.applyAsDouble(cell) <= badSide * bound)
                .count();
        Optional<String> worst = cells.stream().max(byBadness).map(cell -> "%s (%s)%s"
                .formatted(
                        text(figure.applyAsDouble(cell)),
                        cell.cell(),
                        cells.size() == 1 ? "" : "; %d of %d met".formatted(good, cells.size())));
        return new Bar(what, limit, worst, good == cells.size());
    }

    String row() {
        String verdict = figure.isEmpty() ? "not measured" : met ? "met" : "**missed**";
        return "| %s | %s | %s | %s |%n".formatted(what, limit, figure.orElse(""), verdict);
    }

    private static String text(double number) {
        return Math.abs(number) < 10
                ? String.format(Locale.ROOT, "%.2f", number)
                : String.format(Locale.ROOT, "%.0f", number);
    }
}
