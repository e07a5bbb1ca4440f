package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.pubsub.LineFrame;
import io.slotless.sidecar.pubsub.LineRequest;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One private connection on which a node sends a client's messages. It speaks RESP2, which every server does: there all
 * that comes is messages and what answers the few requests, one at a time.
 */
final class SubscriptionLine implements ReplyReceiver, UpstreamConnection.RawReader {

    private final Node node;
    private final Identity identity;
    private final LineOwner owner;
    private final ByteBufAllocator allocator;
    private final ArrayDeque<LineRequest> requests = new ArrayDeque<>();
    private final ReplyDecoder decoder = new ReplyDecoder();
    /** Of a frame whose end has not come yet. */
    private final HeldReply frame = new HeldReply();

    private @Nullable UpstreamConnection connection;
    private boolean ready;
    private boolean over;
    private @Nullable LineRequest catchingUp;
    private boolean behind;

    SubscriptionLine(Node node, Identity identity, LineOwner owner, ByteBufAllocator allocator) {
        this.node = node;
        this.identity = identity;
        this.owner = owner;
        this.allocator = allocator;
    }

    Node node() {
        return node;
    }

    Identity identity() {
        return identity;
    }

    /** Sends this when it is its turn; the owner hears of the answer, or of the connection's end. */
    void ask(LineRequest request) {
        requests.add(request);
        if (ready && requests.size() == 1) {
            send();
        }
    }

    /** Connects, if it has not begun to. */
    void open(Backend backend) {
        if (connection == null) {
            connection = backend.takePrivate(node, identity);
            connection.await(this);
        }
    }

    /** What is still to be answered. */
    Collection<LineRequest> unanswered() {
        return requests;
    }

    /** Whether nothing is to be answered. */
    boolean isQuiet() {
        return requests.isEmpty();
    }

    /** Ends it; the owner is not told. */
    void close() {
        over = true;
        frame.release();
        if (connection != null) {
            connection.close();
        }
    }

    /** Gives the connection back, on which nothing is subscribed to any more. */
    void giveBack(Backend backend) {
        over = true;
        if (connection != null) {
            connection.readRaw(null);
            backend.giveBack(connection, identity);
        }
    }

    @Override
    public void ready(UpstreamConnection opened) {
        if (over) {
            return;
        }
        ready = true;
        opened.readRaw(this);
        if (!requests.isEmpty()) {
            send();
        }
    }

    private void send() {
        UpstreamConnection current = connection;
        LineRequest next = requests.peek();
        if (current != null && next != null) {
            ByteBuf bytes = next.bytes();
            current.sendRaw(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
    }

    @Override
    public void bytes(ByteBuf buffer, int offset, int length) {
        int from = offset;
        int to = offset + length;
        catchUp();
        while (from < to && !over) {
            int end = decoder.scan(buffer, from, to);
            if (end < 0) {
                ended(new IllegalStateException(node + " sent what is not RESP"));
                return;
            }
            if (!decoder.complete()) {
                frame.add(allocator, buffer, from, end - from);
            } else if (frame.isEmpty()) {
                frame(buffer, from, end - from);
            } else {
                frame.add(allocator, buffer, from, end - from);
                ByteBuf whole = frame.take(allocator);
                frame(whole, whole.readerIndex(), whole.readableBytes());
                whole.release();
            }
            from = end;
        }
    }

    private void frame(ByteBuf buffer, int offset, int length) {
        LineFrame what = LineFrame.of(buffer, offset, length);
        LineRequest asked = requests.peek();
        if (what instanceof LineFrame.Message) {
            message(buffer, offset, length);
        } else if (what instanceof LineFrame.PatternMessage message) {
            if (message.event() || owner.isHome(this)) {
                message(buffer, offset, length);
            }
        } else if (what instanceof LineFrame.Changed changed) {
            if (asked != null && asked.confirm(changed.direction(), changed.subscription())) {
                owner.confirmed();
            } else {
                owner.changed(this, changed);
            }
        } else if (asked != null
                && (what instanceof LineFrame.Failure failure ? asked.fail(failure.text()) : asked.pong())) {
            requests.poll();
            if (!requests.isEmpty()) {
                send();
            }
            answered(asked);
        }
    }

    private void message(ByteBuf buffer, int offset, int length) {
        UpstreamConnection current = connection;
        if (current != null) {
            behind |= owner.message(current, buffer, offset, length);
        }
    }

    private void answered(LineRequest request) {
        if (request == catchingUp) {
            catchingUp = null;
            behind = connection != null && owner.isPaused(connection);
        }
        owner.answered(this, request);
    }

    /** The client reads again: has the server still got all that it had to say meanwhile? */
    private void catchUp() {
        if (behind && catchingUp == null && connection != null && !owner.isPaused(connection)) {
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

        /** A whole message; true when the connection was paused for the client's sake. */
        boolean message(UpstreamConnection from, ByteBuf buffer, int offset, int length);

        boolean isPaused(UpstreamConnection connection);

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
