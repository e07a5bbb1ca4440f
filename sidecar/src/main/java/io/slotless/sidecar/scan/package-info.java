/** Pure: one SCAN over all shards of a cluster: what a call asks for, what its cursor says, what the nodes hold. */
@NullMarked
package io.slotless.sidecar.scan;

import org.jspecify.annotations.NullMarked;
