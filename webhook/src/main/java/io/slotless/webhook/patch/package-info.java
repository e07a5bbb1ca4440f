/** Says the difference between a pod before and after as a JSON Patch; pure. */
@NullMarked
package io.slotless.webhook.patch;

import org.jspecify.annotations.NullMarked;
