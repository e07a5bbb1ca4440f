package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.clients.ClientView;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.pubsub.ClientSubscriptions;
import io.slotless.sidecar.pubsub.Subscription;
import io.slotless.sidecar.pubsub.SubscriptionKind;
import io.slotless.sidecar.pubsub.SubscriptionRequest;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client is subscribed to: whatever becomes of servers, connections and configurations, until the client ends it.
 * Its commands are answered when the servers have done what they ask for; no other command of the client is on its
 * way meanwhile.
 */
final class Subscriptions {

    private final ClientSession session;
    private final ClientSubscriptions mine = new ClientSubscriptions();
    private final SubscriptionLines lines;
    private @Nullable SubscriptionStep step;

    Subscriptions(ClientSession session) {
        this.session = session;
        this.lines = new SubscriptionLines(session, this);
    }

    boolean isEmpty() {
        return mine.isEmpty();
    }

    /** How many there are, as CLIENT LIST shows it. */
    ClientView.Subscriptions view() {
        return new ClientView.Subscriptions(
                mine.size(SubscriptionKind.CHANNEL),
                mine.size(SubscriptionKind.PATTERN),
                mine.size(SubscriptionKind.SHARD));
    }

    /** Takes one of the six commands. Nothing may be outstanding. */
    void command(CommandFrame frame) {
        SubscriptionRequest request = SubscriptionRequest.of(frame);
        List<Subscription> changes = mine.changes(request);
        begin(new SubscriptionStep(session, changes, out -> mine.apply(request, out, protocol())));
        if (request.direction() == Direction.SUBSCRIBE) {
            lines.want(changes);
        } else {
            lines.unwant(changes);
        }
    }

    /**
     * Ends them all, without a word to the client. Returns false when that takes a while: then what comes next must wait
     * for it. Nothing may be outstanding.
     */
    boolean end() {
        List<Subscription> all = mine.all();
        if (!all.isEmpty()) {
            begin(new SubscriptionStep(session, all, out -> mine.clear()));
            lines.unwant(all);
        }
        return step == null;
    }

    /** The client speaks another protocol version now: what it may say while it is subscribed hangs on that. */
    void protocolChanged() {
        boolean restricted = !mine.isEmpty() && protocol() == ProtocolVersion.RESP2;
        if (session.state() instanceof SubscribedState subscribed) {
            session.enter(restricted ? subscribed : subscribed.beneath());
        } else if (restricted) {
            session.enter(new SubscribedState(session, session.state()));
        }
    }

    /** They all live behind another backend from now on. */
    void moveTo(Backend backend) {
        lines.moveTo(backend);
        protocolChanged();
    }

    /** The client has gone. */
    void abandon() {
        step = null;
        lines.close();
    }

    /** As {@link SubscriptionLines#afterMessages}. */
    void afterMessages(Node node, Runnable then) {
        lines.afterMessages(node, then);
    }

    private void begin(SubscriptionStep next) {
        session.barrier();
        session.replies().add(next);
        step = next;
    }

    private ProtocolVersion protocol() {
        return session.identity().upstream().protocol();
    }

    /** Upstream something got further. */
    void progressed() {
        SubscriptionStep current = step;
        if (current != null && lines.areSettled(current.changes())) {
            step = null;
            current.succeed();
            protocolChanged();
            session.replies().advance();
        }
    }

    /** A part of what the client waits for is done: messages that follow from it go behind its confirmation. */
    void confirmed() {
        if (step != null) {
            session.replies().holdPushes();
        }
    }

    /** Whether the client waits for something. */
    boolean isBusy() {
        return step != null;
    }

    /** Whether the client waits for one of these. */
    boolean isAbout(Collection<Subscription> subscriptions) {
        return step != null && subscriptions.stream().anyMatch(step.changes()::contains);
    }

    /** What the client waits for cannot be done yet, for this reason. */
    void delayed(String error) {
        if (step != null && step.isLate()) {
            refused(error);
        }
    }

    /** It cannot be hidden from the client any more that its subscriptions have suffered. */
    void giveUp() {
        session.close();
    }

    /** What the client waits for is refused. */
    void refused(String error) {
        SubscriptionStep current = step;
        if (current != null) {
            step = null;
            current.fail(error);
            lines.unwant(current.changes());
            session.replies().advance();
        }
    }

    /** The server has ended one of itself, and the client is to know. */
    void revoked(Subscription subscription) {
        ByteBuf out = session.allocator().directBuffer();
        mine.revoke(subscription, out, protocol());
        session.push(null, out, out.readerIndex(), out.readableBytes());
        out.release();
        protocolChanged();
    }
}
