package io.slotless.sidecar.proxy.subscription;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.Follower;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.pubsub.LineFrame;
import io.slotless.sidecar.pubsub.LineRequest;
import io.slotless.sidecar.pubsub.Placements;
import io.slotless.sidecar.pubsub.Spot;
import io.slotless.sidecar.pubsub.Subscription;
import io.slotless.sidecar.pubsub.SubscriptionKind;
import io.slotless.sidecar.pubsub.SubscriptionRequest;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.upstream.ConnectionLimitException;
import io.slotless.sidecar.upstream.HandshakeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Upstream of one client's subscriptions: private connections, one to each node that has some of them. Channels and
 * patterns live at one node, for in a cluster a message published anywhere is told to all; shard channels live with
 * their slot's primary; what each node tells only of itself is listened to at every primary. Whatever a node or a
 * connection is lost to, its subscriptions are made anew elsewhere, after they are over where they were.
 */
final class SubscriptionLines implements SubscriptionLine.LineOwner, Follower {

    private final Subscriptions client;
    private final LineSet lines;
    private final Placements<SubscriptionLine> places = new Placements<>();
    private final Map<LineRequest, List<Spot<SubscriptionLine>>> asked = new IdentityHashMap<>();
    private Backend backend;
    private PubSubHome home;
    private final Setbacks setbacks;
    private boolean closed;

    SubscriptionLines(Client owner, int maxBuffered, Subscriptions client) {
        this.client = client;
        this.lines = new LineSet(owner, maxBuffered, this);
        this.backend = owner.backend();
        this.home = new PubSubHome(backend.owners());
        this.setbacks = new Setbacks(backend, client, this::work);
        backend.follow(this);
    }

    void want(Collection<Subscription> subscriptions) {
        subscriptions.forEach(subscription -> places.want(subscription, nodes(subscription)));
        work();
    }

    void unwant(Collection<Subscription> subscriptions) {
        subscriptions.forEach(places::unwant);
        work();
    }

    /** Whether all these are as they should be upstream. */
    boolean areSettled(Collection<Subscription> subscriptions) {
        return subscriptions.stream().allMatch(places::isSettled);
    }

    /** From now on everything lives behind another backend. */
    void moveTo(Backend next) {
        backend.unfollow(this);
        lines.all().forEach(this::lose);
        backend = next;
        home = new PubSubHome(next.owners());
        setbacks.moveTo(next);
        next.follow(this);
        topologyChanged();
    }

    /** The client has gone. */
    void close() {
        closed = true;
        backend.unfollow(this);
        lines.all().forEach(this::lose);
    }

    /** As {@link LineSet#afterMessages}. */
    void afterMessages(Node node, Runnable then) {
        lines.afterMessages(node, then);
    }

    @Override
    public void checkSilence(long limit) {
        lines.all().forEach(line -> line.checkSilence(limit));
    }

    private Collection<Node> nodes(Subscription subscription) {
        return backend.hidesCluster() && subscription.isOfEveryNode()
                ? backend.owners().primaries()
                : List.of();
    }

    @Override
    public void topologyChanged() {
        if (backend.hidesCluster() && backend.owners().topology() != null) {
            List<Node> primaries = backend.owners().primaries();
            lines.all().stream()
                    .filter(line -> !primaries.contains(line.node()))
                    .forEach(this::lose);
        }
        home.topologyChanged();
        places.all().stream()
                .filter(Subscription::isOfEveryNode)
                .filter(places::isWanted)
                .forEach(subscription -> places.want(subscription, nodes(subscription)));
        work();
    }

    private void lose(SubscriptionLine line) {
        line.close();
        forget(line);
    }

    private void forget(SubscriptionLine line) {
        line.unanswered().forEach(asked::remove);
        places.lost(line);
        home.lost(line.node());
        lines.remove(line);
    }

    /** Does what is due, as far as it can be done now. */
    private void work() {
        if (closed) {
            return;
        }
        Map<Group, List<Spot<SubscriptionLine>>> groups = new LinkedHashMap<>();
        boolean unplaced = false;
        for (Spot<SubscriptionLine> spot : places.due()) {
            Group group = group(spot);
            if (group == null) {
                unplaced = true;
                places.later(spot);
            } else {
                groups.computeIfAbsent(group, ignored -> new ArrayList<>()).add(spot);
            }
        }
        groups.forEach(this::ask);
        // A connection may be refused at once, which makes more due.
        groups.keySet().forEach(group -> group.line().open());
        if (unplaced) {
            setbacks.later("CLUSTERDOWN Hash slot not served");
        }
        client.progressed();
    }

    /** Null when it is not known where it should live. */
    private @Nullable Group group(Spot<SubscriptionLine> spot) {
        SubscriptionKind kind = spot.subscription().kind();
        boolean shard = kind == SubscriptionKind.SHARD && backend.hidesCluster();
        int slot = shard ? spot.subscription().slot() : 0;
        SubscriptionLine held = spot.line();
        if (held != null) {
            return new Group(held, Direction.UNSUBSCRIBE, kind, slot);
        }
        Node usual = shard ? backend.owners().primary(slot) : home.choose();
        Node node = spot.node() == null ? usual : spot.node();
        return node == null ? null : new Group(lines.to(node, backend), Direction.SUBSCRIBE, kind, slot);
    }

    private void ask(Group group, List<Spot<SubscriptionLine>> spots) {
        LineRequest request = LineRequest.of(new SubscriptionRequest(
                group.kind(),
                group.direction(),
                spots.stream().map(spot -> spot.subscription().name()).toList()));
        asked.put(request, spots);
        for (Spot<SubscriptionLine> spot : spots) {
            if (group.direction() == Direction.SUBSCRIBE) {
                places.asked(spot, group.line());
            } else {
                places.leaving(spot);
            }
        }
        group.line().ask(request);
    }

    @Override
    public void answered(SubscriptionLine line, LineRequest request) {
        List<Spot<SubscriptionLine>> spots = asked.remove(request);
        SubscriptionRequest change = request.change();
        String error = null;
        if (spots != null && change != null && change.direction() == Direction.SUBSCRIBE) {
            error = subscribed(line, spots, request.error());
        } else if (spots != null) {
            spots.forEach(spot -> places.gone(spot, line));
        }
        if (line.unanswered().isEmpty() && !places.isUsed(line) && lines.remove(line)) {
            line.giveBack(backend);
        }
        lines.answered(request);
        if (spots != null && error != null) {
            setbacks.refusedBy(
                    line.node(),
                    error,
                    client.isAbout(spots.stream().map(Spot::subscription).toList()));
        } else {
            work();
        }
    }

    /** Returns the error, which is null when they are subscribed to. */
    private @Nullable String subscribed(
            SubscriptionLine line, List<Spot<SubscriptionLine>> spots, @Nullable String error) {
        if (error != null) {
            spots.forEach(spot -> places.gone(spot, line));
            return error;
        }
        setbacks.over();
        home.found();
        spots.forEach(spot -> places.held(spot, line));
        return null;
    }

    @Override
    public boolean isHome(SubscriptionLine line) {
        return home.is(line.node());
    }

    @Override
    public void confirmed() {
        client.confirmed();
    }

    @Override
    public void changed(SubscriptionLine line, LineFrame.Changed changed) {
        Subscription subscription = changed.subscription();
        if (changed.direction() == Direction.SUBSCRIBE || !places.revoked(subscription, line)) {
            return;
        }
        if (backend.hidesCluster()) {
            backend.suspectStale();
        } else {
            places.unwant(subscription);
            client.revoked(subscription);
        }
        work();
    }

    @Override
    public void ended(SubscriptionLine line, Throwable cause, boolean behind) {
        forget(line);
        if (behind) {
            // Nobody but the client can make up for what it has missed; a server closes a client that is too slow, too.
            client.giveUp();
            return;
        }
        backend.suspectStale();
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof HandshakeException || cause instanceof ConnectionLimitException) {
            setbacks.refused(message, client.isBusy());
        } else {
            setbacks.later("ERR slotless: " + message);
        }
    }

    /** What can be asked for with one command. */
    private record Group(SubscriptionLine line, Direction direction, SubscriptionKind kind, int slot) {}
}
