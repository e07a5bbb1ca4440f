package io.slotless.webhook.certificate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.webhook.certificate.InvalidCertificateException;
import io.slotless.webhook.certificate.authority.Certificates;
import io.slotless.webhook.certificate.authority.Issuer;
import io.slotless.webhook.certificate.authority.Lifecycle;
import io.slotless.webhook.certificate.authority.Step;
import io.slotless.webhook.certificate.authority.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCertificatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Terms TERMS = new Terms(Duration.ofDays(9), Duration.ofDays(3), Duration.ZERO);
    private static final Lifecycle LIFECYCLE = new Lifecycle(TERMS, new Issuer(TERMS, "webhook", List.of("webhook")));

    @Test
    void whatIsWrittenIsReadInEveryPhaseOfARotation() throws InvalidCertificateException {
        Certificates begun = LIFECYCLE.begin(NOW);
        Certificates prepared = LIFECYCLE.apply(new Step.PrepareAuthority("due"), begun, NOW);
        Certificates promoted = LIFECYCLE.apply(new Step.Promote(), prepared, NOW);

        for (Certificates certificates : List.of(begun, prepared, promoted)) {
            assertThat(StoredCertificates.read(StoredCertificates.write(certificates)))
                    .isEqualTo(certificates);
        }
        assertThat(StoredCertificates.write(begun)).containsOnlyKeys("ca.crt", "ca.key", "tls.crt", "tls.key");
        assertThat(StoredCertificates.write(promoted)).containsKey("retired-until-20260104T000000Z.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.crt", "ca.key", "tls.crt", "tls.key", "next-ca.key"})
    void whatIsMissingOrDamagedIsNamed(String key) {
        Certificates prepared = LIFECYCLE.apply(new Step.PrepareAuthority("due"), LIFECYCLE.begin(NOW), NOW);
        Map<String, String> data = new HashMap<>(StoredCertificates.write(prepared));
        data.remove(key);
        assertThatThrownBy(() -> StoredCertificates.read(data))
                .isInstanceOf(InvalidCertificateException.class)
                .hasMessageContaining(key);
        for (String damage : new String[] {"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "x"}) {
            data.put(key, Base64.getEncoder().encodeToString(damage.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> StoredCertificates.read(data))
                    .as(damage)
                    .isInstanceOf(InvalidCertificateException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        Map<String, String> data = new HashMap<>(StoredCertificates.write(LIFECYCLE.begin(NOW)));
        data.put("tls.key", data.get("ca.key"));
        assertThatThrownBy(() -> StoredCertificates.read(data)).hasMessageContaining("not that of the certificate");
    }

    @Test
    void timeThatCannotBeReadIsRefused() {
        Map<String, String> data = new HashMap<>(StoredCertificates.write(LIFECYCLE.begin(NOW)));
        data.put("retired-until-tomorrow.crt", data.get("ca.crt"));
        assertThatThrownBy(() -> StoredCertificates.read(data)).hasMessageContaining("not a time");
    }
}
