/** A certificate authority of our own: what it has, what it should do next, and doing it; pure but for chance. */
@NullMarked
package io.slotless.webhook.certificate.authority;

import org.jspecify.annotations.NullMarked;
