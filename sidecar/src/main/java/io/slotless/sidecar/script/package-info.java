/** Pure: scripts that clients have sent: what they are called by, their texts, and which node has which. */
@NullMarked
package io.slotless.sidecar.script;

import org.jspecify.annotations.NullMarked;
