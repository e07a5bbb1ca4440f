package io.slotless.sidecar.pubsub;

import org.jspecify.annotations.Nullable;

/** What one can subscribe to (Redis documentation, "Redis Pub/Sub"). */
public enum SubscriptionKind {
    /** {@code SUBSCRIBE}. */
    CHANNEL(""),
    /** {@code PSUBSCRIBE}. */
    PATTERN("p"),
    /** {@code SSUBSCRIBE}: a channel that belongs to a slot. */
    SHARD("s");

    private final String subscribe;
    private final String unsubscribe;

    SubscriptionKind(String prefix) {
        this.subscribe = prefix + "subscribe";
        this.unsubscribe = prefix + "unsubscribe";
    }

    /** The word of its command and of what confirms that. */
    String subscribe() {
        return subscribe;
    }

    /** The word of its command and of what confirms that. */
    String unsubscribe() {
        return unsubscribe;
    }

    /** The kind that this word subscribes to; null when there is none. */
    static @Nullable SubscriptionKind subscribedBy(String word) {
        for (SubscriptionKind kind : values()) {
            if (kind.subscribe.equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** The kind that this word unsubscribes from; null when there is none. */
    static @Nullable SubscriptionKind unsubscribedBy(String word) {
        for (SubscriptionKind kind : values()) {
            if (kind.unsubscribe.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
