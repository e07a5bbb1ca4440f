package io.slotless.benchmark.datapath;

import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Variant;
import java.util.Locale;
import java.util.Optional;

/** The report's tables, in Markdown. */
final class Tables {

    private static final Variant DIRECT = Variant.of("Redis", Mode.DIRECT);

    private Tables() {}

    /** Every figure of every cell. */
    static String cells(Results results) {
        StringBuilder table = new StringBuilder("""
                | load | system | commands/s | of direct | p50 µs | p99 µs | CPU s per million |
                |---|---|---:|---:|---:|---:|---:|
                """);
        for (Cell cell : results.cells()) {
            Optional<Figures> direct = results.figures(cell, DIRECT);
            for (Variant variant : results.variants()) {
                results.figures(cell, variant)
                        .ifPresent(figures -> table.append(String.format(
                                Locale.ROOT,
                                "| %s | %s | %,.0f | %s | %,.0f | %,.0f | %.2f |%n",
                                cell,
                                variant,
                                figures.perSecond(),
                                direct.map(of -> ratio(figures.perSecond() / of.perSecond()))
                                        .orElse(""),
                                figures.p50(),
                                figures.p99(),
                                figures.cpuPerMillion())));
            }
        }
        return table.toString();
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
