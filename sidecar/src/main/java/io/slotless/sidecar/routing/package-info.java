/** Pure decisions: a command and the table give a route; several replies give one. */
@NullMarked
package io.slotless.sidecar.routing;

import org.jspecify.annotations.NullMarked;
