package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.load.Operation;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.Variant;

/** Results as they would come out of a run. */
final class ResultsFixture {

    static final Cell ONE = Cell.closed(Operation.GET, 50, 1, Cell.SMALL);
    static final Cell ALONE = Cell.closed(Operation.GET, 1, 1, Cell.SMALL);
    static final Variant REDIS = Variant.of("Redis", Mode.DIRECT);
    static final Variant PROXY = Variant.of("Slotless", Mode.PROXY);
    static final Variant CLUSTER = Variant.of("Slotless", Mode.CLUSTER);
    static final Variant ENVOY = Variant.of("Envoy", Mode.CLUSTER);
    static final Variant ENVOY_BATCHING = new Variant("Envoy", Mode.CLUSTER, "batching");

    private final Results results = new Results();

    /** One round: commands of a second, CPU-seconds for a million, median and 99th percentile in microseconds. */
    ResultsFixture with(Cell cell, Variant variant, long perSecond, double cpuPerMillion, double p50, double p99) {
        results.add(new Measurement(
                cell,
                variant,
                results.rounds(cell, variant).size(),
                new LoadResult(perSecond, 1, cpuPerMillion * perSecond / 1e6, 0, p50, p99, p99, p99)));
        return this;
    }

    Results results() {
        return results;
    }
}
