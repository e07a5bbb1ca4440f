/** Redis Cluster without I/O: slot hash, immutable topology, redirections. */
@NullMarked
package io.slotless.sidecar.cluster;

import org.jspecify.annotations.NullMarked;
