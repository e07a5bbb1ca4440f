package io.slotless.webhook.certificate.authority;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A CA that issues no more but is still trusted.
 *
 * @param until when the last certificate that it issued ends: a replica that has missed its successor may serve it
 */
public record Retired(X509Certificate certificate, Instant until) {}
