/** Pure: what a client is subscribed to, where upstream each subscription lives, and what servers say on connections with subscriptions. */
@NullMarked
package io.slotless.sidecar.pubsub;

import org.jspecify.annotations.NullMarked;
