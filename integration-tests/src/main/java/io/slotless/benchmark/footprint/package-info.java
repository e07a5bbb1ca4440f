/** How much of a pod the sidecar takes: time until it serves, memory, CPU while nothing happens. */
@NullMarked
package io.slotless.benchmark.footprint;

import org.jspecify.annotations.NullMarked;
