/** The certificate the webhook serves with, and how long it is still good for. */
@NullMarked
package io.slotless.webhook.certificate;

import org.jspecify.annotations.NullMarked;
