/** Answers AdmissionReviews: from the bytes of a request to the bytes of a response. */
@NullMarked
package io.slotless.webhook.admission;

import org.jspecify.annotations.NullMarked;
