/** One reply of those of several nodes, each taken apart for it: pure functions. */
@NullMarked
package io.slotless.sidecar.routing.fanout;

import org.jspecify.annotations.NullMarked;
