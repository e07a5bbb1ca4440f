package io.slotless.webhook.certificate.authority;

import io.slotless.webhook.certificate.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates for tests of those who only use them. */
public final class Issuing {

    private static final Terms TERMS = new Terms(Duration.ofDays(2), Duration.ofDays(1), Duration.ZERO);

    private Issuing() {}

    public static Credential selfSigned() {
        return new Issuer(TERMS, "localhost", List.of("localhost")).authority(Instant.now());
    }
}
