/** What the cluster holds, followed by watches and answered from memory. */
@NullMarked
package io.slotless.webhook.destination;

import org.jspecify.annotations.NullMarked;
