/** Framing of RESP2 and RESP3 over buffers, its limits, and the few values we must build ourselves. */
@NullMarked
package io.slotless.sidecar.resp;

import org.jspecify.annotations.NullMarked;
