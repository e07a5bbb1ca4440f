package io.slotless.webhook.certificate.authority;

import java.time.Duration;

/**
 * How long things are good for.
 *
 * @param authority life of a CA
 * @param leaf life of a serving certificate
 * @param pause how long a new CA must have been trusted before anything is issued by it: no API server may still act upon
 *     an older webhook configuration
 */
public record Terms(Duration authority, Duration leaf, Duration pause) {

    public Terms {
        if (leaf.isNegative() || leaf.isZero() || leaf.compareTo(authority) > 0) {
            throw new IllegalArgumentException(
                    "a serving certificate must live for some time, and no longer than its CA: " + leaf + ", "
                            + authority);
        }
        if (pause.isNegative() || pause.multipliedBy(3).compareTo(authority) >= 0) {
            throw new IllegalArgumentException(
                    "the pause before a new CA is used must be shorter than a third of a CA's life, when it is renewed: "
                            + pause + ", " + authority);
        }
    }
}
