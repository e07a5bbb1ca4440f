package io.slotless.sidecar.pubsub;

import io.slotless.sidecar.cluster.Node;
import org.jspecify.annotations.Nullable;

/**
 * One place where a subscription should live, or still lives. Changed by its {@link Placements} only.
 *
 * @param <L> connections with subscriptions
 */
public final class Spot<L> {

    enum State {
        NOWHERE,
        /** The server was asked to subscribe, and may have done so. */
        ASKED,
        HELD,
        /** The server was asked to unsubscribe. */
        LEAVING
    }

    private final Subscription subscription;
    private final @Nullable Node node;
    State state = State.NOWHERE;

    @Nullable
    L line;

    boolean wanted = true;
    /** It was tried, in vain. */
    boolean failed;

    boolean due;

    Spot(Subscription subscription, @Nullable Node node) {
        this.subscription = subscription;
        this.node = node;
    }

    public Subscription subscription() {
        return subscription;
    }

    /** The node it must be at; null when what the topology says of the subscription decides. */
    public @Nullable Node node() {
        return node;
    }

    /** Where it is, or is on its way to; null when it is nowhere. */
    public @Nullable L line() {
        return line;
    }

    /** Whether it should be there. */
    public boolean isWanted() {
        return wanted;
    }

    @Override
    public String toString() {
        return subscription + (node == null ? "" : " at " + node) + " " + state + (wanted ? "" : ", unwanted");
    }
}
