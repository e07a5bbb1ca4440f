package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.pubsub.LineFrame;
import io.slotless.sidecar.pubsub.LineRequest;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One private connection on which a node sends a client's messages. It speaks RESP2, which every server does: there all
 * that comes is messages and what answers the few requests, one at a time.
 */
final class SubscriptionLine implements ReplyReceiver, UpstreamConnection.RawReader, LineFrames.Sink {

    /** Seconds without a word after which the server is asked whether it is still there. */
    private static final int SILENCE = 10;

    private final UpstreamConnection connection;
    private final Identity identity;
    private final LineOwner owner;
    private final MessageDelivery delivery;
    private final LineFrames frames;
    private final ArrayDeque<LineRequest> requests = new ArrayDeque<>();
    private boolean opened;
    private boolean ready;
    private boolean over;
    private @Nullable LineRequest catchingUp;
    private boolean behind;
    private int silentChecks;

    SubscriptionLine(
            UpstreamConnection connection, Identity identity, LineOwner owner, Client client, int maxBuffered) {
        this.connection = connection;
        this.identity = identity;
        this.owner = owner;
        this.delivery = new MessageDelivery(client);
        this.frames = new LineFrames(client.allocator(), maxBuffered, this);
    }

    Node node() {
        return connection.node();
    }

    /** Sends this when it is its turn; the owner hears of the answer, or of the connection's end. */
    void ask(LineRequest request) {
        requests.add(request);
        silentChecks = 0;
        if (ready && requests.size() == 1) {
            send();
        }
    }

    /** From now on the owner hears of what happens, perhaps before this returns. */
    void open() {
        if (!opened) {
            opened = true;
            connection.await(this);
        }
    }

    /** What is still to be answered. */
    List<LineRequest> unanswered() {
        return List.copyOf(requests);
    }

    /**
     * To be called once a second: a server that is gone without a word is missed by nobody else.
     *
     * @param limit seconds that an answer may take
     */
    void checkSilence(long limit) {
        catchUp();
        if (!ready || over || delivery.isPaused(connection)) {
            silentChecks = 0;
        } else if (++silentChecks >= SILENCE && requests.isEmpty()) {
            ask(LineRequest.ping());
        } else if (silentChecks > limit && !requests.isEmpty()) {
            ended(new SocketTimeoutException(node() + " did not answer within " + limit + " s"));
        }
    }

    /** Ends it; the owner is not told. */
    void close() {
        over = true;
        frames.release();
        connection.close();
        delivery.end();
    }

    /** Gives the connection back, on which nothing is subscribed to any more. */
    void giveBack(Backend backend) {
        over = true;
        connection.readRaw(null);
        backend.giveBack(connection, identity);
    }

    @Override
    public void ready(UpstreamConnection now) {
        if (!over) {
            ready = true;
            connection.readRaw(this);
            send();
        }
    }

    private void send() {
        LineRequest next = requests.peek();
        if (next != null) {
            ByteBuf bytes = next.bytes();
            connection.sendRaw(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
    }

    @Override
    public void bytes(ByteBuf buffer, int offset, int length) {
        silentChecks = 0;
        catchUp();
        if (!frames.add(buffer, offset, length)) {
            ended(new IOException(node() + " sent what is not RESP"));
        }
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public boolean mayStream() {
        return delivery.mayStream(connection);
    }

    @Override
    public void piece(ByteBuf buffer, int offset, int length, boolean last) {
        delivery.piece(connection, owner.isHome(this), buffer, offset, length, last);
        behind |= delivery.isPaused(connection);
    }

    @Override
    public void frame(ByteBuf buffer, int offset, int length) {
        LineFrame what = LineFrame.of(buffer, offset, length);
        if (what instanceof LineFrame.Message) {
            message(buffer, offset, length);
        } else if (what instanceof LineFrame.PatternMessage message) {
            if (message.isWanted(owner.isHome(this))) {
                message(buffer, offset, length);
            }
        } else {
            answer(what, requests.peek());
        }
    }

    private void message(ByteBuf buffer, int offset, int length) {
        delivery.message(connection, buffer, offset, length);
        behind |= delivery.isPaused(connection);
    }

    private void answer(LineFrame what, @Nullable LineRequest asked) {
        if (what instanceof LineFrame.Changed changed) {
            if (asked != null && asked.confirm(changed.direction(), changed.subscription())) {
                owner.confirmed();
            } else {
                owner.changed(this, changed);
            }
            return;
        }
        boolean ends = what instanceof LineFrame.Failure failure
                ? asked != null && asked.fail(failure.text())
                : what instanceof LineFrame.Pong && asked != null && asked.pong();
        if (asked != null && ends) {
            requests.poll();
            send();
            if (asked == catchingUp) {
                catchingUp = null;
                behind = delivery.isPaused(connection);
            }
            owner.answered(this, asked);
        }
    }

    /** The client reads again: has the server still got all that it had to say meanwhile? */
    private void catchUp() {
        if (!over && behind && catchingUp == null && !delivery.isPaused(connection)) {
            catchingUp = LineRequest.ping();
            ask(catchingUp);
        }
    }

    @Override
    public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
        throw new IllegalStateException("nothing is asked here that would have a reply of its own");
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        ended(cause);
    }

    @Override
    public void ended(Throwable cause) {
        if (!over) {
            close();
            owner.ended(this, cause, behind);
        }
    }

    /** Told of everything that happens on a line. */
    interface LineOwner {

        /** Whether messages by patterns are wanted from this line's node. */
        boolean isHome(SubscriptionLine line);

        /** A part of what was asked was done: messages that come now may be its consequence. */
        void confirmed();

        /** The server has done something of itself. */
        void changed(SubscriptionLine line, LineFrame.Changed changed);

        /** A request is over. */
        void answered(SubscriptionLine line, LineRequest request);

        /**
         * The connection has ended or could not be made.
         *
         * @param behind whether messages may be lost that the client was too slow for
         */
        void ended(SubscriptionLine line, Throwable cause, boolean behind);
    }
}
