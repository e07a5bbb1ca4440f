package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.Patience;
import io.slotless.sidecar.proxy.backend.RetryQueue;
import io.slotless.sidecar.proxy.backend.Verdict;
import java.nio.charset.StandardCharsets;

/**
 * What follows when a node refuses a client's subscriptions or is lost: they are tried again at once, or after a rest, or the
 * client hears of it.
 */
final class Setbacks implements RetryQueue.Waiting {

    /** While a slot moves, its nodes may send us to each other: after so many turns it rests. */
    private static final int TURNS = 4;

    private final Subscriptions client;
    private final Runnable again;
    private Backend backend;
    private Patience patience;
    private int turns;
    private boolean resting;

    /** @param again tries what is due */
    Setbacks(Backend backend, Subscriptions client, Runnable again) {
        this.backend = backend;
        this.patience = new Patience(backend);
        this.client = client;
        this.again = again;
    }

    void moveTo(Backend next) {
        backend = next;
        patience = new Patience(next);
    }

    /** Something has worked. */
    void over() {
        turns = 0;
        patience.renew();
    }

    /**
     * A node has answered with an error.
     *
     * @param clientWaits whether it is about what the client waits for
     */
    void refusedBy(Node node, String error, boolean clientWaits) {
        ByteBuf text = Unpooled.copiedBuffer("-" + error + "\r\n", StandardCharsets.UTF_8);
        Verdict verdict = Verdict.of(text, 0, text.readableBytes(), node);
        boolean passing = !(verdict instanceof Verdict.Deliver) && (backend.hidesCluster() || !clientWaits);
        if (!passing) {
            refused(error, clientWaits);
            return;
        }
        if (verdict instanceof Verdict.Moved moved && backend.hidesCluster()) {
            backend.moved(moved.slot(), moved.node());
            if (++turns % TURNS != 0) {
                again.run();
                return;
            }
        }
        backend.suspectStale();
        later(error);
    }

    /** What the client had before and is refused now may come back, but is not tried for ever without the client's knowledge. */
    void refused(String error, boolean clientWaits) {
        if (clientWaits) {
            client.refused(error);
            again.run();
        } else if (patience.isOver()) {
            client.giveUp();
        } else {
            later(error);
        }
    }

    /** Tries again after a rest, or when the topology has changed. */
    void later(String error) {
        client.delayed(error);
        if (!resting) {
            resting = true;
            backend.retryLater(this);
        }
    }

    @Override
    public void retry(long now) {
        resting = false;
        again.run();
    }
}
