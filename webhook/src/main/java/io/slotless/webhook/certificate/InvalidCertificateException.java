package io.slotless.webhook.certificate;

/** What should be a certificate or its key is not; the message says why and shows nothing of a key. */
public final class InvalidCertificateException extends Exception {

    private static final long serialVersionUID = 1;

    public InvalidCertificateException(String message) {
        super(message);
    }

    public InvalidCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
