package io.slotless.webhook.certificate.authority;

import io.slotless.webhook.certificate.Credential;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates (RFC 5280) with ECDSA keys on P-256. */
public final class Issuer {

    /** Clocks differ: a certificate is good from a little before it was made. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random = new SecureRandom();
    private final Terms terms;
    private final String name;
    private final List<String> names;

    /**
     * @param name of the subjects: the webhook's
     * @param names under which the webhook is called: DNS names and IP addresses
     */
    public Issuer(Terms terms, String name, List<String> names) {
        this.terms = terms;
        this.name = name;
        this.names = names.stream().map(Issuer::canonical).toList();
    }

    /** A CA; each has a subject of its own, so that what it issued is never taken for another's. */
    Credential authority(Instant now) {
        BigInteger serial = serial();
        X500Principal subject =
                subject(name + "-ca-" + serial.toString(Character.MAX_RADIX).substring(0, 8));
        KeyPair keys = keys();
        Instant from = from(now, terms.authority());
        return made(keys.getPrivate(), keys.getPrivate(), () -> {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    serial,
                    Date.from(from),
                    Date.from(now.plus(terms.authority())),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(keys.getPublic()));
            return builder;
        });
    }

    /** A serving certificate; it does not outlive its CA. */
    Credential leaf(Credential authority, Instant now) {
        KeyPair keys = keys();
        Instant until = now.plus(terms.leaf());
        Instant end = until.isBefore(authority.notAfter()) ? until : authority.notAfter();
        return made(keys.getPrivate(), authority.key(), () -> {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    authority.certificate(),
                    serial(),
                    Date.from(from(now, terms.leaf())),
                    Date.from(end),
                    subject(name),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers().createAuthorityKeyIdentifier(authority.certificate()));
            return builder;
        });
    }

    /** Whether that CA issued this leaf, and for all of our names. */
    boolean issued(Credential leaf, Credential authority) {
        try {
            leaf.certificate().verify(authority.certificate().getPublicKey());
            Set<String> has = new HashSet<>();
            Collection<List<?>> alternatives = leaf.certificate().getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(alternative -> has.add(String.valueOf(alternative.get(1))));
            }
            return has.containsAll(names);
        } catch (CertificateParsingException e) {
            return false;
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    private GeneralNames alternativeNames() {
        return new GeneralNames(names.stream()
                .map(each -> new GeneralName(isAddress(each) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    /** As a certificate gives it back: there are several ways to write one IPv6 address. */
    private static String canonical(String name) {
        if (!isAddress(name)) {
            return name;
        }
        try {
            return InetAddress.getByName(name).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + name, e);
        }
    }

    /** The skew, unless that were much of a short life. */
    private static Instant from(Instant now, Duration life) {
        Duration tenth = life.dividedBy(10);
        return now.minus(tenth.compareTo(SKEW) < 0 ? tenth : SKEW);
    }

    private static X500Principal subject(String commonName) {
        return new X500Principal("CN=" + commonName);
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has this curve", e);
        }
    }

    private static JcaX509ExtensionUtils identifiers() throws GeneralSecurityException {
        return new JcaX509ExtensionUtils();
    }

    private static Credential made(PrivateKey key, PrivateKey signer, Draft draft) {
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            draft.builder().build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
            return new Credential(List.of(certificate), key);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /** All of a certificate but its signature. */
    private interface Draft {
        JcaX509v3CertificateBuilder builder() throws GeneralSecurityException, IOException;
    }
}
