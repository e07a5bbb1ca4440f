/** Says in the status of each RedisDestination, and by events, what became of it: asks the sidecars that serve it. */
@NullMarked
package io.slotless.webhook.status;

import org.jspecify.annotations.NullMarked;
