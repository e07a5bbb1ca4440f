/** Pure: what a client asks of CLIENT TRACKING, and what becomes of it upstream. */
@NullMarked
package io.slotless.sidecar.tracking;

import org.jspecify.annotations.NullMarked;
