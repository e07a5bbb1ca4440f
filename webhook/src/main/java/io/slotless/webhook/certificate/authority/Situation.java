package io.slotless.webhook.certificate.authority;

import java.time.Instant;
import java.util.Optional;

/**
 * What a decision depends on.
 *
 * @param trustedSince since when the webhook configuration is known to hold {@link Certificates#bundle()}, the next CA
 *     included
 * @param rotation whether somebody asks for another CA
 */
public record Situation(Certificates certificates, Optional<Instant> trustedSince, Rotation rotation, Instant now) {

    /** Whether somebody asks for another CA. */
    public enum Rotation {
        REQUESTED,
        NOT_REQUESTED
    }
}
