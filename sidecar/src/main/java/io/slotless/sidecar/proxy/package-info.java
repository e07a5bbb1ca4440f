/** The side of the clients: listener, sessions and their states, what carries their commands, reply order, back-pressure, drain, and the events to listen to. */
@NullMarked
package io.slotless.sidecar.proxy;

import org.jspecify.annotations.NullMarked;
