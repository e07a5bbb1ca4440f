/** What a sidecar tells about itself, as JSON, to who asks on its management port. */
@NullMarked
package io.slotless.api.status;

import org.jspecify.annotations.NullMarked;
