/** Which replica of the webhook does what only one may do. */
@NullMarked
package io.slotless.webhook.leadership;

import org.jspecify.annotations.NullMarked;
