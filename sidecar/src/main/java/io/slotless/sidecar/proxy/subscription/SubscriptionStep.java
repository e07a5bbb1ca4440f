package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.Patience;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.proxy.reply.WholeReply;
import io.slotless.sidecar.pubsub.Subscription;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A command of a client that changes what it is subscribed to, until its confirmations are written. */
final class SubscriptionStep extends WholeReply {

    private final Client client;
    private final Set<Subscription> changes;
    private final Consumer<ByteBuf> confirmations;
    private final Patience patience;
    private boolean done;
    private boolean confirmed;

    /** @param confirmations does it and writes what the client gets */
    SubscriptionStep(Client client, Collection<Subscription> changes, Consumer<ByteBuf> confirmations) {
        this.client = client;
        this.changes = new LinkedHashSet<>(changes);
        this.confirmations = confirmations;
        this.patience = new Patience(client.backend());
    }

    Set<Subscription> changes() {
        return changes;
    }

    /** To be asked when it does not get on. */
    boolean isLate() {
        return patience.isOver();
    }

    void succeed() {
        ByteBuf out = client.allocator().directBuffer();
        confirmations.accept(out);
        confirmed = true;
        finish(out);
    }

    void fail(String error) {
        finish(Replies.error(error));
    }

    private void finish(ByteBuf made) {
        hold(made);
        done = true;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        // Confirmations are pushes: a client that does not want replies hears them.
        boolean muted = out.mute(false);
        out.mute(muted && !confirmed);
        super.writeTo(out);
        out.mute(muted);
    }
}
