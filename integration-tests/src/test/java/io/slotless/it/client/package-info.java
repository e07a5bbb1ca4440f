/** Suites of the clients that applications use, against a plain Redis first, then against the sidecar. */
package io.slotless.it.client;
