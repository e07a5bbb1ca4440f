package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client: who it is upstream, which backend its commands go to, and the replies it waits for. What it does with a
 * command is the matter of its {@link SessionState}. Used on the client's event loop only.
 */
final class ClientSession {

    private final long id;
    private final Destination destination;
    private final ClientHandler handler;
    private final BatchedWriter out;
    private final ProxySettings settings;
    private final ProxyListener listener;
    private final ReplyQueue replies;
    private final List<UpstreamConnection> feeders = new ArrayList<>(1);
    private Backend backend;
    private Identity identity;
    /** Whether the credentials are the client's own; else they are the destination's. */
    private boolean authenticated;

    private String name = "";
    private SessionState state = new SharedState(this);
    private @Nullable UpstreamConnection congested;
    /** Set by what must be over before the next command may start. */
    private boolean barrier;

    /** The state of the slots that the outstanding commands were sent by. */
    private int ownership;

    private boolean closing;
    private long reported;

    ClientSession(
            long id,
            Destination destination,
            ClientHandler handler,
            BatchedWriter out,
            ProxySettings settings,
            ProxyListener listener) {
        this.id = id;
        this.destination = destination;
        this.handler = handler;
        this.out = out;
        this.settings = settings;
        this.listener = listener;
        this.replies = new ReplyQueue(out, this::progressed);
        this.backend = destination.backend();
        this.identity = initialIdentity(backend);
        backend.entered();
        destination.connected(this);
        listener.clientConnected(destination.host());
    }

    /** Takes a command, or returns false: then it comes again when the session {@link #resumeIfPossible goes on}. */
    boolean command(CommandFrame frame) {
        if (closing || !mayStart()) {
            return false;
        }
        return state.command(frame);
    }

    /** Sends a command as the route says; see {@link #command}. */
    boolean carryOut(Route route, CommandFrame frame) {
        return Dispatch.carryOut(this, route, frame);
    }

    void received(int bytes) {
        destination.traffic().requestBytes(bytes);
    }

    void handed(long commands) {
        destination.traffic().commands(commands);
        destination.traffic().replyBytes(out.written() - reported);
        reported = out.written();
    }

    void protocolError(String message) {
        listener.protocolError(destination.host(), message);
        closing = true;
        reply(Replies.error(message));
        closeIfDue();
    }

    /** Answers in place: behind the replies that are still to come. Releases the buffer. */
    void reply(ByteBuf reply) {
        if (replies.isEmpty()) {
            out.writeAndRelease(reply);
        } else {
            replies.add(new ReadyReply(reply));
        }
    }

    void replyError(String text) {
        reply(Replies.error(text));
    }

    /** Nothing more is taken until every reply so far is written. */
    void barrier() {
        barrier = true;
    }

    /** After a send: stops taking commands while the server does not take them. */
    void sentTo(@Nullable UpstreamConnection connection) {
        if (connection != null && !connection.isWritable() && congested == null) {
            congested = connection;
            connection.whenWritable(() -> {
                congested = null;
                resumeIfPossible();
            });
        }
    }

    /** A connection brings a reply faster than the client reads: it pauses until the client has caught up. */
    void feed(UpstreamConnection from) {
        if (!feeders.contains(from) && !handler.isWritable() && out.pending() > settings.maxBufferedReplies()) {
            feeders.add(from);
            from.pauseReading();
        }
    }

    void writabilityChanged() {
        if (handler.isWritable()) {
            feeders.forEach(UpstreamConnection::resumeReading);
            feeders.clear();
            resumeIfPossible();
        }
    }

    /** Goes on with commands that were refused, if nothing is in the way any more. */
    void resumeIfPossible() {
        if (handler.isSuspended() && !closing && mayStart()) {
            handler.resume();
        }
    }

    /** Moves to the destination's current backend if nothing is outstanding; otherwise that happens later. */
    void moveIfQuiet() {
        if (backend != destination.backend() && replies.isEmpty() && state.isFree()) {
            Backend old = backend;
            backend = destination.backend();
            if (!authenticated) {
                identity = new Identity(backend.config().credentials(), identity.protocol(), identity.database());
            }
            // What a free state may still hold belongs to the old backend.
            state.abandon();
            state = new SharedState(this);
            backend.entered();
            old.left();
        }
    }

    void closeWhenQuiet() {
        closing = true;
        closeIfDue();
    }

    void close() {
        handler.close();
    }

    /** The connection has ended. */
    void disconnected() {
        closing = true;
        replies.abandon();
        state.abandon();
        feeders.forEach(UpstreamConnection::resumeReading);
        feeders.clear();
        handed(0);
        backend.left();
        destination.disconnected(this);
        listener.clientDisconnected(destination.host());
    }

    /** Back to what a fresh connection is. */
    void reset() {
        identity = initialIdentity(backend);
        authenticated = false;
        name = "";
    }

    void enter(SessionState next) {
        state = next;
    }

    long id() {
        return id;
    }

    Backend backend() {
        return backend;
    }

    Destination destination() {
        return destination;
    }

    ClientHandler handler() {
        return handler;
    }

    BatchedWriter out() {
        return out;
    }

    ReplyQueue replies() {
        return replies;
    }

    Identity identity() {
        return identity;
    }

    /** From the next command on it is somebody else. */
    void identity(Identity newIdentity) {
        authenticated |= newIdentity.credentials() != identity.credentials();
        identity = newIdentity;
    }

    String name() {
        return name;
    }

    void name(String newName) {
        name = newName;
    }

    ByteBufAllocator allocator() {
        return handler.allocator();
    }

    private boolean mayStart() {
        if (replies.isEmpty()) {
            barrier = false;
            moveIfQuiet();
            ownership = backend.ownership();
        }
        return !barrier
                && ownership == backend.ownership()
                && congested == null
                && handler.isWritable()
                && replies.size() < settings.maxOutstanding()
                && (backend == destination.backend() || !state.isFree());
    }

    private void progressed() {
        moveIfQuiet();
        if (closing) {
            closeIfDue();
        } else if (replies.isEmpty() || replies.size() <= settings.maxOutstanding() / 2) {
            resumeIfPossible();
        }
    }

    private void closeIfDue() {
        if (replies.isEmpty() && state.mayEnd()) {
            out.flush();
            handler.closeAfterWrites();
        }
    }

    private static Identity initialIdentity(Backend backend) {
        return new Identity(backend.config().credentials(), ProtocolVersion.RESP2, 0);
    }
}
