package io.slotless.webhook.injection;

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
 */
record InjectionStatus(String version, List<Host> hosts, String hash) {

    /** A host, and the loopback address and port that stand for it. */
    record Host(String host, String address, int port) {}

    private static final int HASH_LENGTH = 16;

    static InjectionStatus of(String version, InjectionPlan plan, String container) {
        List<Host> hosts = plan.hosts().stream()
                .map(host -> new Host(host.host().fullName(), host.address(), host.listenPort()))
                .toList();
        return new InjectionStatus(version, hosts, sha256(container).substring(0, HASH_LENGTH));
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
