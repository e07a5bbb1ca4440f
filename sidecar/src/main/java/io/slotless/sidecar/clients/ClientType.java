package io.slotless.sidecar.clients;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Redis takes clients for. There are no replicas and no primaries among a sidecar's clients. */
enum ClientType {
    NORMAL,
    PUBSUB,
    REPLICA,
    MASTER;

    static @Nullable ClientType named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "normal" -> NORMAL;
            case "pubsub" -> PUBSUB;
            case "slave", "replica" -> REPLICA;
            case "master" -> MASTER;
            default -> null;
        };
    }

    static ClientType of(ClientView client) {
        return client.subscriptions().any() ? PUBSUB : NORMAL;
    }
}
