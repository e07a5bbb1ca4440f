package io.slotless.benchmark.datapath;

import io.slotless.benchmark.system.Mode;
import java.util.Optional;

/**
 * One cell of two that are compared.
 *
 * @param cell the load
 * @param ours our sidecar
 * @param theirs somebody else
 */
record Comparison(Cell cell, Figures ours, Figures theirs) {

    /** With another proxy in the same mode, at its best. */
    static Optional<Comparison> withPeer(Results results, Cell cell, String product, Mode mode) {
        return of(cell, results.ours(cell, mode), results.best(cell, product, mode));
    }

    /** With a single Redis itself. */
    static Optional<Comparison> withDirect(Results results, Cell cell, Mode mode) {
        return of(cell, results.ours(cell, mode), results.direct(cell));
    }

    static Optional<Comparison> of(Cell cell, Optional<Figures> ours, Optional<Figures> theirs) {
        return ours.flatMap(figures -> theirs.map(others -> new Comparison(cell, figures, others)));
    }

    /** More is better. */
    double throughput() {
        return ours.perSecond() / theirs.perSecond();
    }

    /** For as many commands of the same size; less is better. */
    double cpu() {
        return ours.cpuPerMillion() / theirs.cpuPerMillion();
    }

    /** Microseconds; less is better. */
    double addedMedian() {
        return ours.p50() - theirs.p50();
    }

    /** Less is better. */
    double p99() {
        return ours.p99() / theirs.p99();
    }
}
