package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the rounds, each figure for itself.
 *
 * @param perSecond commands
 * @param cpuPerMillion CPU-seconds for a million commands
 * @param p50 microseconds
 * @param p99 microseconds
 */
public record Figures(double perSecond, double cpuPerMillion, double p50, double p99) {

    static Figures of(List<LoadResult> rounds) {
        return new Figures(
                median(rounds, LoadResult::perSecond),
                median(rounds, LoadResult::cpuPerMillion),
                median(rounds, LoadResult::p50),
                median(rounds, LoadResult::p99));
    }

    private static double median(List<LoadResult> rounds, ToDoubleFunction<LoadResult> figure) {
        return median(rounds.stream().mapToDouble(figure).sorted().toArray());
    }

    /** Of sorted values; of two in the middle, the mean. */
    static double median(double... sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
