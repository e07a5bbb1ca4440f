package io.slotless.webhook.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A certificate and the key that belongs to it.
 *
 * @param chain the certificate, then those that lead to its authority, if any
 */
public record Credential(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> SIGNATURES = Map.of(
            "EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA", "Ed25519", "EdDSA", "Ed448", "EdDSA");

    public Credential {
        chain = List.copyOf(chain);
    }

    /** @throws InvalidCertificateException also if the two do not belong together */
    public static Credential of(String certificates, String key) throws InvalidCertificateException {
        Credential credential = new Credential(Pem.certificates(certificates), Pem.key(key));
        if (!credential.belongsTogether()) {
            throw new InvalidCertificateException("the key is not that of the certificate");
        }
        return credential;
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    public boolean isGoodAt(Instant time) {
        return time.isBefore(notAfter());
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "Credential[" + certificate().getSubjectX500Principal() + ", until " + notAfter() + "]";
    }

    private boolean belongsTogether() throws InvalidCertificateException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            throw new InvalidCertificateException("unknown kind of key: " + key.getAlgorithm());
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate().getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A public key of another kind, most likely.
            return false;
        }
    }
}
