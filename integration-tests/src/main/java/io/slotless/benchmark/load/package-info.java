/** A Redis client that makes load and measures it, as a process of its own: its time is not counted with anybody's. */
@NullMarked
package io.slotless.benchmark.load;

import org.jspecify.annotations.NullMarked;
