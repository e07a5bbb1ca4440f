package io.slotless.benchmark.datapath;

import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Sidecars;
import io.slotless.benchmark.system.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report's tables, in Markdown. */
final class Tables {

    private static final String CELLS = """
            | load | system | commands/s | of direct | p50 µs | p99 µs | CPU s per million |
            |---|---|---:|---:|---:|---:|---:|
            """;
    private static final String MEMORY = """
            | system | PSS idle, MiB | after load |
            |---|---:|---:|
            """;

    private Tables() {}

    /** Every figure of every cell. */
    static String cells(Results results) {
        return CELLS
                + results.cells().stream()
                        .flatMap(cell -> results.variants().stream().flatMap(variant -> row(results, cell, variant)))
                        .collect(Collectors.joining());
    }

    private static Stream<String> row(Results results, Cell cell, Variant variant) {
        Optional<Figures> direct = results.direct(cell);
        return results.figures(cell, variant).stream()
                .map(figures -> String.format(
                        Locale.ROOT,
                        "| %s | %s | %,.0f | %s | %,.0f | %,.0f | %s |%n",
                        cell,
                        variant,
                        figures.perSecond(),
                        direct.map(of -> ratio(figures.perSecond() / of.perSecond()))
                                .orElse(""),
                        figures.p50(),
                        figures.p99(),
                        Double.isNaN(figures.cpuPerMillion()) ? "" : ratio(figures.cpuPerMillion())));
    }

    /** Our sidecar, one event loop, as a ratio to each other system in its best setting: throughput, and CPU per command. */
    static String ratios(Results results) {
        List<Column> columns = columns(results);
        StringBuilder table = new StringBuilder("| throughput; CPU |");
        columns.forEach(column -> table.append(" %s |".formatted(column.title())));
        table.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
        for (Cell cell : results.cells()) {
            table.append("| ").append(cell).append(" |");
            columns.forEach(column -> table.append(column.of()
                    .apply(cell)
                    .map(Tables::text)
                    .map(" %s |"::formatted)
                    .orElse(" |")));
            table.append('\n');
        }
        return table.toString();
    }

    private static List<Column> columns(Results results) {
        List<Column> columns = new ArrayList<>();
        for (Mode mode : List.of(Mode.PROXY, Mode.CLUSTER)) {
            columns.add(new Column(mode + " / Redis", cell -> Comparison.withDirect(results, cell, mode)));
            results.variants().stream()
                    .filter(variant ->
                            variant.mode() == mode && !variant.product().equals(Sidecars.PRODUCT))
                    .map(Variant::product)
                    .distinct()
                    .forEach(product -> columns.add(new Column(
                            mode + " / " + product, cell -> Comparison.withPeer(results, cell, product, mode))));
        }
        return columns;
    }

    static String memory(List<MemoryUse> all) {
        return MEMORY
                + all.stream()
                        .map(use -> String.format(
                                Locale.ROOT, "| %s | %.0f | %.0f |%n", use.variant(), use.idle(), use.afterLoad()))
                        .collect(Collectors.joining());
    }

    private static String text(Comparison comparison) {
        return ratio(comparison.throughput()) + "; " + ratio(comparison.cpu());
    }

    private static String ratio(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private record Column(String title, Function<Cell, Optional<Comparison>> of) {}
}
