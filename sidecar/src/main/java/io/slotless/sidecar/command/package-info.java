/** What a command means: the command table (data, not code), key positions, flags, request and response policies. */
@NullMarked
package io.slotless.sidecar.command;

import org.jspecify.annotations.NullMarked;
