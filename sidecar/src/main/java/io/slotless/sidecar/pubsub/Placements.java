package io.slotless.sidecar.pubsub;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.pubsub.Spot.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one client's subscriptions live upstream, and what is {@link #due} so that each lives where it should: at one
 * place, or at one of each node, and never at two connections at a time. Pure.
 *
 * <pre>
 *             asked                held
 *   NOWHERE ────────► ASKED ─────────────► HELD
 *      ▲  ▲  lost, refused │                │ leaving
 *      │  └────────────────┘                ▼
 *      └──────── left, lost, revoked ──── LEAVING
 * </pre>
 *
 * @param <L> connections with subscriptions
 */
public final class Placements<L> {

    private final Map<Subscription, List<Spot<L>>> spots = new HashMap<>();
    private final ArrayDeque<Spot<L>> due = new ArrayDeque<>();

    /** It should live at each of these nodes and nowhere else; none: at one place, wherever that is. */
    public void want(Subscription subscription, Collection<Node> nodes) {
        List<Spot<L>> known = spots.computeIfAbsent(subscription, ignored -> new ArrayList<>(1));
        Collection<Node> places = new ArrayList<>(nodes);
        for (Spot<L> spot : List.copyOf(known)) {
            boolean one = spot.node() == null && nodes.isEmpty();
            setWanted(spot, one || places.remove(spot.node()));
        }
        if (nodes.isEmpty() && known.stream().noneMatch(spot -> spot.node() == null)) {
            add(known, new Spot<>(subscription, null));
        }
        places.forEach(node -> add(known, new Spot<>(subscription, node)));
        spots.put(subscription, known);
    }

    /** It should not live anywhere. */
    public void unwant(Subscription subscription) {
        List.copyOf(spots.getOrDefault(subscription, List.of())).forEach(spot -> setWanted(spot, false));
    }

    /** Everything that is somewhere, or should be. */
    public List<Subscription> all() {
        return List.copyOf(spots.keySet());
    }

    /** Whether it should be anywhere. */
    public boolean isWanted(Subscription subscription) {
        return spots.getOrDefault(subscription, List.of()).stream().anyMatch(Spot::isWanted);
    }

    /**
     * Whether it lives where it should: at one place at least, and at the others unless that was tried in vain. One that
     * is not wanted lives nowhere.
     */
    public boolean isSettled(Subscription subscription) {
        List<Spot<L>> known = spots.getOrDefault(subscription, List.of());
        boolean held = known.isEmpty() || known.stream().anyMatch(spot -> spot.state == State.HELD);
        return held && known.stream().allMatch(spot -> spot.wanted && (spot.state == State.HELD || spot.failed));
    }

    /** Takes what has something to be done for it: wanted and nowhere, or unwanted and held. */
    public List<Spot<L>> due() {
        List<Spot<L>> taken = new ArrayList<>(due.size());
        Spot<L> spot;
        while ((spot = due.poll()) != null) {
            spot.due = false;
            if (needsWork(spot)) {
                taken.add(spot);
            }
        }
        return taken;
    }

    /** What was taken as due cannot be done now. */
    public void later(Spot<L> spot) {
        spot.failed = true;
        markIfDue(spot);
    }

    /** The server at the end of this connection was asked to subscribe. */
    public void asked(Spot<L> spot, L line) {
        spot.state = State.ASKED;
        spot.line = line;
    }

    /** The server at the end of its connection was asked to unsubscribe. */
    public void leaving(Spot<L> spot) {
        spot.state = State.LEAVING;
    }

    /** The server has answered what it was {@link #asked}; void if the connection was lost meanwhile. */
    public void held(Spot<L> spot, L line) {
        if (spot.line == line && spot.state == State.ASKED) {
            spot.state = State.HELD;
            spot.failed = false;
            markIfDue(spot);
        }
    }

    /** The server has answered that it will not, or has unsubscribed; void if the connection was lost meanwhile. */
    public void gone(Spot<L> spot, L line) {
        if (spot.line == line) {
            spot.failed |= spot.state == State.ASKED;
            nowhere(spot);
        }
    }

    /** The server has ended a subscription of itself. Returns whether it was one that is wanted. */
    public boolean revoked(Subscription subscription, L line) {
        Spot<L> spot = at(subscription, line);
        if (spot == null || spot.state == State.LEAVING) {
            return false;
        }
        nowhere(spot);
        return spot.wanted;
    }

    /** A connection has ended, and everything that lived there. */
    public void lost(L line) {
        for (Subscription subscription : all()) {
            Spot<L> spot = at(subscription, line);
            if (spot != null) {
                spot.failed = true;
                nowhere(spot);
            }
        }
    }

    /** Whether anything lives at this connection, or is on its way to or from there. */
    public boolean isUsed(L line) {
        return spots.values().stream().flatMap(List::stream).anyMatch(spot -> spot.line == line);
    }

    private @Nullable Spot<L> at(Subscription subscription, L line) {
        for (Spot<L> spot : spots.getOrDefault(subscription, List.of())) {
            if (spot.line == line) {
                return spot;
            }
        }
        return null;
    }

    private void add(List<Spot<L>> known, Spot<L> spot) {
        known.add(spot);
        markIfDue(spot);
    }

    private void setWanted(Spot<L> spot, boolean wanted) {
        spot.wanted = wanted;
        markIfDue(spot);
        forgetIfOver(spot);
    }

    private void nowhere(Spot<L> spot) {
        spot.line = null;
        spot.state = State.NOWHERE;
        markIfDue(spot);
        forgetIfOver(spot);
    }

    private void markIfDue(Spot<L> spot) {
        if (!spot.due && needsWork(spot)) {
            spot.due = true;
            due.add(spot);
        }
    }

    private static boolean needsWork(Spot<?> spot) {
        return spot.wanted ? spot.state == State.NOWHERE : spot.state == State.HELD;
    }

    private void forgetIfOver(Spot<L> spot) {
        if (spot.wanted || spot.state != State.NOWHERE) {
            return;
        }
        List<Spot<L>> known = Objects.requireNonNullElse(spots.get(spot.subscription()), new ArrayList<>());
        known.remove(spot);
        if (known.isEmpty()) {
            spots.remove(spot.subscription());
        }
    }
}
