/** The authority in the cluster: kept in a Secret, trusted by the webhook configuration, followed by every replica. */
@NullMarked
package io.slotless.webhook.certificate.cluster;

import org.jspecify.annotations.NullMarked;
