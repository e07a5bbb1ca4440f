/** What the benchmark of the data path measures with is tested itself. */
@NullMarked
package io.slotless.benchmark.system;

import org.jspecify.annotations.NullMarked;
