package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.pubsub.LineFrame;
import io.slotless.sidecar.pubsub.LineRequest;
import io.slotless.sidecar.pubsub.Placements;
import io.slotless.sidecar.pubsub.Spot;
import io.slotless.sidecar.pubsub.Subscription;
import io.slotless.sidecar.pubsub.SubscriptionKind;
import io.slotless.sidecar.pubsub.SubscriptionRequest;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.ConnectionLimitException;
import io.slotless.sidecar.upstream.HandshakeException;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
final class SubscriptionLines implements SubscriptionLine.LineOwner, RetryQueue.Waiting {

    /** While a slot moves, its nodes may send us to each other: after so many turns it rests. */
    private static final int TURNS = 4;

    private final ClientSession session;
    private final Subscriptions client;
    private final Placements<SubscriptionLine> places = new Placements<>();
    private final Map<LineKey, SubscriptionLine> lines = new HashMap<>();
    private final Map<LineRequest, List<Spot<SubscriptionLine>>> asked = new IdentityHashMap<>();
    private final Map<LineRequest, Runnable> waiting = new IdentityHashMap<>();
    private final Runnable watcher = this::topologyChanged;
    private Backend backend;
    private Patience patience;
    /** Where channels and patterns live; null before there are any, or when that node was lost. */
    private @Nullable Node home;
    /** The last home, if it was lost and no other has been found. */
    private @Nullable Node lostHome;

    private int turns;
    private boolean resting;
    private boolean closed;

    SubscriptionLines(ClientSession session, Subscriptions client) {
        this.session = session;
        this.client = client;
        this.backend = session.backend();
        this.patience = new Patience(backend);
        backend.owners().watch(watcher);
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
        backend.owners().unwatch(watcher);
        closeLines();
        backend = next;
        patience = new Patience(next);
        home = null;
        lostHome = null;
        next.owners().watch(watcher);
        topologyChanged();
    }

    /** The client has gone. */
    void close() {
        closed = true;
        backend.owners().unwatch(watcher);
        closeLines();
    }

    /** Calls back when all messages that this node has sent before now were given to the client. */
    void afterMessages(Node node, Runnable then) {
        for (SubscriptionLine line : lines.values()) {
            if (line.node().equals(node)) {
                LineRequest ping = LineRequest.ping();
                waiting.put(ping, then);
                line.ask(ping);
                return;
            }
        }
        then.run();
    }

    private void closeLines() {
        List<SubscriptionLine> all = List.copyOf(lines.values());
        all.forEach(this::lose);
    }

    private void release(LineRequest request) {
        Runnable then = waiting.remove(request);
        if (then != null) {
            then.run();
        }
    }

    private Collection<Node> nodes(Subscription subscription) {
        return backend.hidesCluster() && subscription.isOfEveryNode()
                ? backend.owners().primaries()
                : List.of();
    }

    /** Nodes may have come, gone or changed their part. */
    private void topologyChanged() {
        if (backend.hidesCluster() && backend.owners().topology() != null) {
            List<Node> primaries = backend.owners().primaries();
            List.copyOf(lines.values()).stream()
                    .filter(line -> !primaries.contains(line.node()))
                    .forEach(this::lose);
        }
        if (!backend.owners().primaries().contains(home)) {
            home = null;
        }
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
        lines.values().remove(line);
        List.copyOf(line.unanswered()).forEach(request -> {
            asked.remove(request);
            release(request);
        });
        places.lost(line);
        if (line.node().equals(home)) {
            lostHome = home;
            home = null;
        }
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
        groups.keySet().forEach(group -> group.line().open(backend));
        if (unplaced) {
            later("CLUSTERDOWN Hash slot not served");
        }
        client.progressed();
    }

    private @Nullable Group group(Spot<SubscriptionLine> spot) {
        Subscription subscription = spot.subscription();
        boolean shard = subscription.kind() == SubscriptionKind.SHARD && backend.hidesCluster();
        int slot = shard ? subscription.slot() : 0;
        SubscriptionLine line = spot.line();
        if (spot.isWanted()) {
            Node usual = shard ? backend.owners().primary(slot) : home();
            Node node = spot.node() == null ? usual : spot.node();
            line = node == null ? null : line(node);
        }
        Direction direction = spot.isWanted() ? Direction.SUBSCRIBE : Direction.UNSUBSCRIBE;
        return line == null ? null : new Group(line, direction, subscription.kind(), slot);
    }

    private @Nullable Node home() {
        if (home == null) {
            Node usual = backend.owners().primary(backend.owners().home());
            home = usual;
            if (usual == null || usual.equals(lostHome)) {
                // Any other will do, and sooner than another takes over from this one.
                backend.owners().primaries().stream()
                        .filter(node -> !node.equals(lostHome))
                        .findFirst()
                        .ifPresent(other -> home = other);
            }
        }
        return home;
    }

    private SubscriptionLine line(Node node) {
        Identity identity = session.identity()
                .upstream()
                .withProtocol(ProtocolVersion.RESP2)
                .withDatabase(0);
        return lines.computeIfAbsent(
                new LineKey(node, identity), key -> new SubscriptionLine(node, identity, this, session.allocator()));
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
        if (spots == null) {
            giveBackIfUnused(line);
            release(request);
            return;
        }
        String error = request.error();
        SubscriptionRequest change = request.change();
        if (error == null && change != null && change.direction() == Direction.SUBSCRIBE) {
            turns = 0;
            patience.renew();
            lostHome = null;
            spots.forEach(spot -> places.held(spot, line));
            work();
            return;
        }
        spots.forEach(spot -> places.gone(spot, line));
        giveBackIfUnused(line);
        if (error != null && change != null && change.direction() == Direction.SUBSCRIBE) {
            judge(line, error, spots);
        } else {
            work();
        }
    }

    private void giveBackIfUnused(SubscriptionLine line) {
        if (line.isQuiet() && !places.isUsed(line) && lines.values().remove(line)) {
            line.giveBack(backend);
        }
    }

    private void judge(SubscriptionLine line, String error, List<Spot<SubscriptionLine>> spots) {
        ByteBuf text = Unpooled.copiedBuffer("-" + error + "\r\n", StandardCharsets.UTF_8);
        Verdict verdict = Verdict.of(text, 0, text.readableBytes(), line.node());
        List<Subscription> refused = spots.stream().map(Spot::subscription).toList();
        if (!(verdict instanceof Verdict.Deliver) && (backend.hidesCluster() || !client.isAbout(refused))) {
            if (verdict instanceof Verdict.Moved moved && backend.hidesCluster()) {
                backend.moved(moved.slot(), moved.node());
                if (++turns % TURNS != 0) {
                    work();
                    return;
                }
            }
            backend.suspectStale();
            later(error);
        } else if (client.isAbout(refused)) {
            client.refused(error);
            work();
        } else {
            unwelcome(error);
        }
    }

    /** What the client had before is refused now: that may pass, but not for ever without the client's knowledge. */
    private void unwelcome(String error) {
        if (patience.isOver()) {
            session.close();
        } else {
            later(error);
        }
    }

    private void later(String error) {
        client.delayed(error);
        if (!resting) {
            resting = true;
            backend.retryLater(this);
        }
    }

    @Override
    public void retry(long now) {
        resting = false;
        if (!closed) {
            work();
        }
    }

    @Override
    public boolean isHome(SubscriptionLine line) {
        return line.node().equals(home);
    }

    @Override
    public boolean message(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        if (session.identity().upstream().protocol() == ProtocolVersion.RESP3) {
            buffer.setByte(offset, '>');
        }
        session.push(from, buffer, offset, length);
        return isPaused(from);
    }

    @Override
    public boolean isPaused(UpstreamConnection connection) {
        return session.flow().isPaused(connection);
    }

    @Override
    public void confirmed() {
        client.confirmed();
    }

    @Override
    public void changed(SubscriptionLine line, LineFrame.Changed changed) {
        if (changed.direction() == Direction.UNSUBSCRIBE && places.revoked(changed.subscription(), line)) {
            if (backend.hidesCluster()) {
                backend.suspectStale();
                work();
            } else {
                places.unwant(changed.subscription());
                client.revoked(changed.subscription());
            }
        }
    }

    @Override
    public void ended(SubscriptionLine line, Throwable cause, boolean behind) {
        forget(line);
        if (behind) {
            // Nobody but the client can make up for what it has missed; a server closes a client that is too slow, too.
            session.close();
            return;
        }
        backend.suspectStale();
        boolean refused = cause instanceof HandshakeException || cause instanceof ConnectionLimitException;
        String message = String.valueOf(cause.getMessage());
        if (refused && client.isBusy()) {
            client.refused(message);
            work();
        } else if (refused) {
            unwelcome(message);
        } else {
            later("ERR slotless: " + message);
        }
    }

    private record LineKey(Node node, Identity identity) {}

    /** What can be asked for with one command. */
    private record Group(SubscriptionLine line, Direction direction, SubscriptionKind kind, int slot) {}
}
