/** What tests of all packages share: a real Redis, a plain client, and the guard against leaked buffers. */
package io.slotless.sidecar.testing;
