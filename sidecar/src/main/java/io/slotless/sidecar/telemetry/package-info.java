/** Metrics: the Micrometer implementation of the proxy's listener, and the names of the metrics. */
@NullMarked
package io.slotless.sidecar.telemetry;

import org.jspecify.annotations.NullMarked;
