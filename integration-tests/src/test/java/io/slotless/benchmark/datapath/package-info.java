/** What the benchmark of the data path measures with is tested itself. */
@NullMarked
package io.slotless.benchmark.datapath;

import org.jspecify.annotations.NullMarked;
