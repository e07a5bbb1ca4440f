/** Pure: how clients are shown by CLIENT LIST, and how they are picked by it and by CLIENT KILL. */
@NullMarked
package io.slotless.sidecar.clients;

import org.jspecify.annotations.NullMarked;
