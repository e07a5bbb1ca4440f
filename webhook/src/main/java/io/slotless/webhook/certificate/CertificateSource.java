package io.slotless.webhook.certificate;

import java.time.Instant;
import java.util.Optional;

/** Where the certificate comes from; it tells a {@link ServingKey} of each that comes. */
public interface CertificateSource extends AutoCloseable {

    /** Begins to follow; a certificate that is not there yet may come later. */
    void start();

    /** Until when its CA is good, if that is known here. */
    Optional<Instant> authorityNotAfter();

    @Override
    void close();
}
