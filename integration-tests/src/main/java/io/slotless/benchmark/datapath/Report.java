package io.slotless.benchmark.datapath;

import java.util.List;

/**
 * A whole run.
 *
 * @param surroundings the machine, versions and settings, a line each
 * @param results what was measured
 * @param memory of everything that ran
 */
record Report(List<String> surroundings, Results results, List<MemoryUse> memory) {

    /** What goes into docs/benchmarks.md. */
    String summary() {
        StringBuilder text = new StringBuilder();
        surroundings.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n| in every cell | bar | worst cell | |\n|---|---:|---|---|\n");
        Bars.of(results).forEach(bar -> text.append(bar.row()));
        return text + "\n" + Tables.memory(memory);
    }

    /** All tables, for a document of their own. */
    String document() {
        return "# The data path, cell by cell\n\nWritten by `integration-tests/benchmark data-path`; [what it means](../benchmarks.md).\n\n"
                + summary()
                + "\n## Against each other\n\nSlotless with one event loop: its throughput divided by theirs; its CPU per command divided by theirs.\n\n"
                + Tables.ratios(results)
                + "\n## Figures\n\n" + Tables.cells(results);
    }
}
