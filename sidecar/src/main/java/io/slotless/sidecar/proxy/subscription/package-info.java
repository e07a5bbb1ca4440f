/** What one client is subscribed to, carried out: private connections to the nodes that have its subscriptions, and its messages on their way to it. */
@NullMarked
package io.slotless.sidecar.proxy.subscription;

import org.jspecify.annotations.NullMarked;
