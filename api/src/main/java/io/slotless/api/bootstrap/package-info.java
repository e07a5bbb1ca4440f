/** What the webhook hands to a sidecar at admission, as JSON in one environment variable. */
@NullMarked
package io.slotless.api.bootstrap;

import org.jspecify.annotations.NullMarked;
