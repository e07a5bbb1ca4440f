/** Everything Quarkus: configuration, wiring, routes, health, start. Nobody uses it. */
@NullMarked
package io.slotless.webhook.app;

import org.jspecify.annotations.NullMarked;
