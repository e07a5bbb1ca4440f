/** What is counted and timed, and under which names. */
@NullMarked
package io.slotless.webhook.telemetry;

import org.jspecify.annotations.NullMarked;
