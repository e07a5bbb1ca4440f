/** One configuration of a destination in use on one event loop: who owns which slot, the connections, and a command's way to a node and back. */
@NullMarked
package io.slotless.sidecar.proxy.backend;

import org.jspecify.annotations.NullMarked;
