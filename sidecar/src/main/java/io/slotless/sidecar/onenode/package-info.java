/** Pure: what a cluster of one node that owns all slots says about itself, to clients that ask for a cluster. */
@NullMarked
package io.slotless.sidecar.onenode;

import org.jspecify.annotations.NullMarked;
