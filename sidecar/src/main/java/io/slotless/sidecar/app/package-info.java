/** Everything Quarkus: configuration mapping, producers, health, life cycle. Nobody uses this package. */
@NullMarked
package io.slotless.sidecar.app;

import org.jspecify.annotations.NullMarked;
