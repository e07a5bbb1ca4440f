/** Decides whether and how a pod gets the sidecar, and carries the decision out on the pod's JSON tree; pure. */
@NullMarked
package io.slotless.webhook.injection;

import org.jspecify.annotations.NullMarked;
