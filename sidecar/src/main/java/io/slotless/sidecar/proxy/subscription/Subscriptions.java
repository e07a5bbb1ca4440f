package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.clients.ClientView;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.client.Client;
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
public final class Subscriptions {

    private final Client client;
    private final ClientSubscriptions mine = new ClientSubscriptions();
    private final SubscriptionLines lines;
    private final Runnable changed;
    private @Nullable SubscriptionStep step;

    /**
     * @param maxBuffered bytes of a message that are held until it is whole; a larger one goes to the client in pieces
     * @param changed called when there is something more or less, which may {@link #restrict} the client
     */
    public Subscriptions(Client client, int maxBuffered, Runnable changed) {
        this.client = client;
        this.lines = new SubscriptionLines(client, maxBuffered, this);
        this.changed = changed;
    }

    public boolean isEmpty() {
        return mine.isEmpty();
    }

    /** How many there are, as CLIENT LIST shows it. */
    public ClientView.Subscriptions view() {
        return new ClientView.Subscriptions(
                mine.size(SubscriptionKind.CHANNEL),
                mine.size(SubscriptionKind.PATTERN),
                mine.size(SubscriptionKind.SHARD));
    }

    /** Takes one of the six commands. Nothing may be outstanding. */
    public void command(CommandFrame frame) {
        SubscriptionRequest request = SubscriptionRequest.of(frame);
        List<Subscription> changes = mine.changes(request);
        begin(new SubscriptionStep(client, changes, out -> mine.apply(request, out, protocol())));
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
    public boolean end() {
        List<Subscription> all = mine.all();
        if (!all.isEmpty()) {
            begin(new SubscriptionStep(client, all, out -> mine.clear()));
            lines.unwant(all);
        }
        return step == null;
    }

    /** Whether the client may say little else: in RESP2 it could not tell replies from messages. */
    public boolean restrict() {
        return !mine.isEmpty() && protocol() == ProtocolVersion.RESP2;
    }

    /** They all live behind another backend from now on. */
    public void moveTo(Backend backend) {
        lines.moveTo(backend);
        changed.run();
    }

    /** The client has gone. */
    public void abandon() {
        step = null;
        lines.close();
    }

    /** As {@link SubscriptionLines#afterMessages}. */
    public void afterMessages(Node node, Runnable then) {
        lines.afterMessages(node, then);
    }

    private void begin(SubscriptionStep next) {
        client.barrier();
        client.replies().add(next);
        step = next;
    }

    private ProtocolVersion protocol() {
        return client.upstream().protocol();
    }

    /** Upstream something got further. */
    void progressed() {
        SubscriptionStep current = step;
        if (current != null && lines.areSettled(current.changes())) {
            step = null;
            current.succeed();
            changed.run();
            client.replies().advance();
        }
    }

    /** A part of what the client waits for is done: messages that follow from it go behind its confirmation. */
    void confirmed() {
        if (step != null) {
            client.replies().holdPushes();
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
        client.close();
    }

    /** What the client waits for is refused. */
    void refused(String error) {
        SubscriptionStep current = step;
        if (current != null) {
            step = null;
            current.fail(error);
            lines.unwant(current.changes());
            client.replies().advance();
        }
    }

    /** The server has ended one of itself, and the client is to know. */
    void revoked(Subscription subscription) {
        ByteBuf out = client.allocator().directBuffer();
        mine.revoke(subscription, out, protocol());
        client.push(null, out, out.readerIndex(), out.readableBytes());
        out.release();
        changed.run();
    }
}
