/** Skeleton. */
@org.jspecify.annotations.NullMarked
package io.slotless.webhook.app;
