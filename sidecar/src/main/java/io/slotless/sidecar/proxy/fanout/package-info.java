/** One command to several nodes, whose replies become one. */
@NullMarked
package io.slotless.sidecar.proxy.fanout;

import org.jspecify.annotations.NullMarked;
