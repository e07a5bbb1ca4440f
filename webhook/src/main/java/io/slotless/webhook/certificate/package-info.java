/** The certificate the webhook serves with, wherever it comes from, and how it is exchanged while it is in use. */
@NullMarked
package io.slotless.webhook.certificate;

import org.jspecify.annotations.NullMarked;
