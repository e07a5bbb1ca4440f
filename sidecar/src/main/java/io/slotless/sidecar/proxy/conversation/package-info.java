/** Commands that take several rounds of questions to nodes and then make one reply: SCAN and RANDOMKEY over all shards. */
@NullMarked
package io.slotless.sidecar.proxy.conversation;

import org.jspecify.annotations.NullMarked;
