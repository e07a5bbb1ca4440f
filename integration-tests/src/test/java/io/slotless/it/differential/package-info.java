/** Compares what a cluster behind the sidecar answers with what a plain Redis answers, byte by byte. */
package io.slotless.it.differential;
