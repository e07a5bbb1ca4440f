/** The story of Slotless, told with real servers: every line it prints has happened. */
@NullMarked
package io.slotless.demo;

import org.jspecify.annotations.NullMarked;
