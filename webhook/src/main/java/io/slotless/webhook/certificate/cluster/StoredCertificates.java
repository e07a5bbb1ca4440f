package io.slotless.webhook.certificate.cluster;

import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.InvalidCertificateException;
import io.slotless.webhook.certificate.Pem;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Retired;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@link Certificates} as the data of a Secret: {@code ca.crt} and {@code ca.key}, {@code tls.crt} and {@code tls.key}; while
 * a CA is being rotated {@code next-ca.crt} and {@code next-ca.key}, then {@code retired-until-<time>.crt}. One Secret, so
 * that no reader ever sees half of a change.
 */
final class StoredCertificates {

    private static final String RETIRED = "retired-until-";
    private static final String SUFFIX = ".crt";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private StoredCertificates() {}

    /** @throws InvalidCertificateException if anything is missing or damaged; the message names the key of the data */
    static Certificates read(Map<String, String> data) throws InvalidCertificateException {
        Optional<Credential> next = data.containsKey("next-ca.crt") || data.containsKey("next-ca.key")
                ? Optional.of(credential(data, "next-ca"))
                : Optional.empty();
        List<Retired> retired = new ArrayList<>();
        for (String key : data.keySet()) {
            if (key.startsWith(RETIRED) && key.endsWith(SUFFIX)) {
                retired.add(new Retired(Pem.certificates(text(data, key)).get(0), until(key)));
            }
        }
        return new Certificates(credential(data, "ca"), next, retired, credential(data, "tls"));
    }

    static Map<String, String> write(Certificates certificates) {
        Map<String, String> data = new TreeMap<>();
        put(data, "ca", certificates.authority());
        certificates.next().ifPresent(next -> put(data, "next-ca", next));
        put(data, "tls", certificates.leaf());
        for (Retired retired : certificates.retired()) {
            data.put(RETIRED + TIME.format(retired.until()) + SUFFIX, encoded(Pem.text(retired.certificate())));
        }
        return data;
    }

    private static void put(Map<String, String> data, String name, Credential credential) {
        data.put(name + SUFFIX, encoded(Pem.text(credential.certificate())));
        data.put(name + ".key", encoded(Pem.text(credential.key())));
    }

    private static Credential credential(Map<String, String> data, String name) throws InvalidCertificateException {
        try {
            return Credential.of(text(data, name + SUFFIX), text(data, name + ".key"));
        } catch (InvalidCertificateException e) {
            throw new InvalidCertificateException(name + SUFFIX + ", " + name + ".key: " + e.getMessage(), e);
        }
    }

    private static Instant until(String key) throws InvalidCertificateException {
        try {
            return TIME.parse(key.substring(RETIRED.length(), key.length() - SUFFIX.length()), Instant::from);
        } catch (DateTimeException e) {
            throw new InvalidCertificateException(key + ": not a time", e);
        }
    }

    private static String text(Map<String, String> data, String key) throws InvalidCertificateException {
        try {
            return new String(Base64.getDecoder().decode(data.getOrDefault(key, "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidCertificateException(key + ": not base64", e);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
