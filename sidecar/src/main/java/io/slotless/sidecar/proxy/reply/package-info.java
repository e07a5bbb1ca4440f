/** What stands in a client's line of replies, and what replies are made of when the sidecar makes them itself. */
@NullMarked
package io.slotless.sidecar.proxy.reply;

import org.jspecify.annotations.NullMarked;
