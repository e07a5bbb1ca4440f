/** Many client connections: what each costs the sidecar, and what they cost its throughput. */
@NullMarked
package io.slotless.benchmark.connections;

import org.jspecify.annotations.NullMarked;
