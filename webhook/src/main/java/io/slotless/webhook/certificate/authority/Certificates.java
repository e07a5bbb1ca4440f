package io.slotless.webhook.certificate.authority;

import io.slotless.webhook.certificate.Credential;
import io.slotless.webhook.certificate.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that there is, as it is stored.
 *
 * @param authority issues
 * @param next is trusted already and will issue
 * @param retired issue no more and are still trusted
 * @param leaf is served
 */
public record Certificates(Credential authority, Optional<Credential> next, List<Retired> retired, Credential leaf) {

    public Certificates {
        retired = List.copyOf(retired);
    }

    /** What API servers must trust: PEM, the one that issues first. */
    public String bundle() {
        return Stream.of(
                        Stream.of(authority.certificate()),
                        next.stream().map(Credential::certificate),
                        retired.stream().map(Retired::certificate))
                .flatMap(certificates -> certificates)
                .map((X509Certificate certificate) -> Pem.text(certificate))
                .collect(Collectors.joining());
    }

    Certificates withLeaf(Credential issued) {
        return new Certificates(authority, next, retired, issued);
    }

    Certificates withNext(Credential prepared) {
        return new Certificates(authority, Optional.of(prepared), retired, leaf);
    }

    Certificates withRetired(List<Retired> remaining) {
        return new Certificates(authority, next, remaining, leaf);
    }
}
