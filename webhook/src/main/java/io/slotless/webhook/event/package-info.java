/** Tells users what happened to an object of theirs: as events on it, which {@code kubectl describe} shows. */
@NullMarked
package io.slotless.webhook.event;

import org.jspecify.annotations.NullMarked;
