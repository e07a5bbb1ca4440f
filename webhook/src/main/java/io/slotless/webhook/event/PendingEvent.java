package io.slotless.webhook.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * An event on its way to the API server.
 *
 * @param first when it was recorded for the first time since it was last written
 * @param last when it was recorded for the last time
 * @param count how often, since it was last written
 */
record PendingEvent(
        ObjectReference regarding,
        EventType type,
        String reason,
        String message,
        Instant first,
        Instant last,
        int count) {

    /** Of a name (kubernetes.io/docs/concepts/overview/working-with-objects/names). */
    private static final int LONGEST_NAME = 253;
    /** Of {@code note} in events.k8s.io/v1, as which the same event can be read. */
    private static final int LONGEST_MESSAGE = 1024;

    private static final int HASH_LENGTH = 16;

    static PendingEvent of(ObjectReference regarding, EventType type, String reason, String message, Instant now) {
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        return new PendingEvent(regarding, type, reason, cut, now, now, 1);
    }

    /** Both, as one: the newer says what. */
    PendingEvent and(PendingEvent newer) {
        return new PendingEvent(
                newer.regarding, newer.type, newer.reason, newer.message, first, newer.last, count + newer.count);
    }

    /** Events on objects without a namespace are in {@code default}, as the API server demands. */
    String namespace() {
        String namespace = regarding.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /** The same for the same object and reason, whoever writes it: what is written again meets what is there. */
    String name() {
        String suffix = "." + hash(regarding.getKind() + "/" + regarding.getUid() + "/" + reason);
        String name = regarding.getName();
        int room = LONGEST_NAME - suffix.length();
        return (name.length() <= room ? name : name.substring(0, room).replaceAll("[.-]+$", "")) + suffix;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
