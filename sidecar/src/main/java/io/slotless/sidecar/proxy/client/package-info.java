/** A client as what it has asked for knows it: where its commands go, its line of replies, and how it is slowed down. */
@NullMarked
package io.slotless.sidecar.proxy.client;

import org.jspecify.annotations.NullMarked;
