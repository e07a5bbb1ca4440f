/** What connections with TLS have in common, to whomever they go. */
@NullMarked
package io.slotless.sidecar.tls;

import org.jspecify.annotations.NullMarked;
