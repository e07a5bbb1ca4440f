package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Variant;

/**
 * What came out once.
 *
 * @param cell the load
 * @param variant what had it
 * @param round which time; they begin with 0
 * @param result what was measured
 */
public record Measurement(Cell cell, Variant variant, int round, LoadResult result) {}
