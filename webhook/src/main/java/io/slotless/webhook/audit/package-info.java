/** Finds the pods that asked for a sidecar and have none, and tells their owners. */
@NullMarked
package io.slotless.webhook.audit;

import org.jspecify.annotations.NullMarked;
