/** The demo is told as its users see it, and again with what the first run has left. */
@NullMarked
package io.slotless.demo;

import org.jspecify.annotations.NullMarked;
