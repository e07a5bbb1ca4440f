/** The validated, immutable configuration of one destination. */
@NullMarked
package io.slotless.sidecar.destination;

import org.jspecify.annotations.NullMarked;
