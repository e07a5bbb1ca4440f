/** A client becomes somebody else to the servers, or is tracked by them: tried on connections of that identity before it counts. */
@NullMarked
package io.slotless.sidecar.proxy.identity;

import org.jspecify.annotations.NullMarked;
