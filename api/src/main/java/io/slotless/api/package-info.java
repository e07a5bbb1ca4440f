/** The names that both programs and their users share: annotations, labels, well-known paths. No behaviour. */
@NullMarked
package io.slotless.api;

import org.jspecify.annotations.NullMarked;
