/** The side of the clients: listener, session and its states, reply order, back-pressure, drain, and the events to listen to. */
@NullMarked
package io.slotless.sidecar.proxy;

import org.jspecify.annotations.NullMarked;
