/** What the benchmark of admissions measures with is measured itself. */
@NullMarked
package io.slotless.benchmark.admission;

import org.jspecify.annotations.NullMarked;
