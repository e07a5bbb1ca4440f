/** The documents that benchmarks write their tables into. */
@NullMarked
package io.slotless.benchmark.document;

import org.jspecify.annotations.NullMarked;
