package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * TLS to Redis; the names are those of Istio's client TLS settings.
 *
 * @param mode required, so that nobody writes a certificate and gets plain TCP
 * @param sni server name to send and to verify; default: the host connected to
 * @param credentialName Secret of the same namespace with {@code ca.crt} (missing: the runtime's trust store) and, for {@link
 *     TlsMode#MUTUAL}, {@code tls.crt} and {@code tls.key}
 * @param insecureSkipVerify accept any certificate
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TlsSettings(
        @Nullable TlsMode mode,
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String sni,
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String credentialName,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean insecureSkipVerify) {}
