/** The program: settings, what is put together with what, probes, log, life cycle. Nobody uses this package. */
@NullMarked
package io.slotless.sidecar.app;

import org.jspecify.annotations.NullMarked;
