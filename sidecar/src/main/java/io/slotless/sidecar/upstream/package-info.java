/** Connections to Redis: pipelined connections, pools, handshake, back-off, topology refresh. */
@NullMarked
package io.slotless.sidecar.upstream;

import org.jspecify.annotations.NullMarked;
