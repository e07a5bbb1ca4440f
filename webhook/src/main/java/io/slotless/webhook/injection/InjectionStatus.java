package io.slotless.webhook.injection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the webhook writes on a pod about itself.
 *
 * @param version of Slotless
 * @param hosts what is taken over
 * @param hash of the injected container: differs where another webhook or configuration would inject another
 * @param warnings what the pod's author was told; the author of a pod that a controller makes hears nothing of it
 */
public record InjectionStatus(
        String version,
        List<Host> hosts,
        String hash,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    public InjectionStatus {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** A host, and the loopback address and port that stand for it. */
    public record Host(String host, String address, int port) {}

    /** {@link Reason#id()} and {@link Finding#message()}. */
    public record Warning(String reason, String message) {}

    private static final int HASH_LENGTH = 16;

    static InjectionStatus of(String version, Decision.Inject decision, String container) {
        List<Host> hosts = decision.plan().hosts().stream()
                .map(host -> new Host(host.host().fullName(), host.address(), host.listenPort()))
                .toList();
        List<Warning> warnings = decision.warnings().stream()
                .map(warning -> new Warning(warning.reason().id(), warning.message()))
                .distinct()
                .toList();
        return new InjectionStatus(version, hosts, sha256(container).substring(0, HASH_LENGTH), warnings);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
