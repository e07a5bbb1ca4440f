package io.slotless.benchmark.datapath;

import io.slotless.benchmark.system.Variant;

/**
 * Proportional set sizes of one that was measured.
 *
 * @param variant which
 * @param idle MiB before any load
 * @param afterLoad MiB after all of it
 */
record MemoryUse(Variant variant, double idle, double afterLoad) {}
