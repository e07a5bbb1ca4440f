/** Compares what a cluster behind the proxy answers with what a plain Redis answers: every command, byte for byte. */
package io.slotless.sidecar.differential;
