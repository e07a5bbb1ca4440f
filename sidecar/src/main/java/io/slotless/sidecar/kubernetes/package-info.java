/** Watches RedisDestinations and Secrets and turns them into destination updates. */
@NullMarked
package io.slotless.sidecar.kubernetes;

import org.jspecify.annotations.NullMarked;
