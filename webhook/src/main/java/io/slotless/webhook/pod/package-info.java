/** The pods of the cluster as the API server has them. */
@NullMarked
package io.slotless.webhook.pod;

import org.jspecify.annotations.NullMarked;
