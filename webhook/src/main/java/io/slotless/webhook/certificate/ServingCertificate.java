package io.slotless.webhook.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** The certificate that the webhook serves with, as a PEM file that someone else may renew at any time. */
public final class ServingCertificate {

    private final Path file;

    public ServingCertificate(Path file) {
        this.file = file;
    }

    /**
     * Until when it is good, read anew.
     *
     * @throws IOException if the file cannot be read or holds no certificate
     */
    public Instant notAfter() throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return certificate.getNotAfter().toInstant();
        } catch (CertificateException e) {
            throw new IOException("no certificate in " + file, e);
        }
    }
}
