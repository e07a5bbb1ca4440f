package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.client.ClientIdentity;
import io.slotless.sidecar.proxy.identity.ClientTracking;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.ReadyReply;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.proxy.subscription.Subscriptions;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One client: who it is upstream, which backend its commands go to, and the replies it waits for. What it does with a
 * command is the matter of its {@link SessionState}. Used on the client's event loop only.
 */
final class ClientSession implements Client, ReplyQueue.Progress {

    private static final Logger LOG = System.getLogger(ClientSession.class.getName());

    private final Peer peer;
    private final Destination destination;
    private final ClientHandler handler;
    private final BatchedWriter out;
    private final ProxySettings settings;
    private final ProxyListener listener;
    private final ReplyQueue replies;
    private final ReplyBudget.Share share;
    private final FlowControl flow;
    private final ClientIdentity identity;
    private final ClientTraffic traffic;
    /** Null as long as the client has not used any. */
    private @Nullable Subscriptions subscriptions;

    private Backend backend;
    private Spares spares;
    private SessionState state = new SharedState(this);
    /** Set by what must be over before the next command may start. */
    private boolean barrier;

    /** The {@link Backend#ways} that the outstanding commands were sent by. */
    private int ways;

    /** Nothing more is taken; the connection ends behind the replies that are still to come. */
    private boolean ending;

    /** The same is due as soon as nothing of the client would be broken off. */
    private boolean draining;

    ClientSession(
            Peer peer,
            Destination destination,
            ClientHandler handler,
            BatchedWriter out,
            ReplyBudget memory,
            ProxySettings settings,
            ProxyListener listener) {
        this.peer = peer;
        this.destination = destination;
        this.handler = handler;
        this.out = out;
        this.settings = settings;
        this.listener = listener;
        this.share = memory.share(this::evict);
        this.replies = new ReplyQueue(out, share, this);
        this.backend = destination.backend();
        this.spares = destination.spares();
        this.flow = new FlowControl(
                handler, out, settings.maxBufferedReplies(), share, new HeldUp(replies::first), this::resumeIfPossible);
        this.identity = new ClientIdentity(
                backend.config().credentials(), (before, now) -> ClientTracking.changed(this, before, now));
        this.traffic = new ClientTraffic(
                destination.traffic(), out, () -> backend.router().last());
        backend.entered();
        destination.connected(this);
        listener.clientConnected(destination.host());
    }

    /** Takes a command, or returns false: then it comes again when the session {@link #resumeIfPossible goes on}. */
    boolean command(CommandFrame frame) {
        if (ending || !mayStart()) {
            return false;
        }
        return state.command(frame);
    }

    /** Sends a command as the route says; see {@link #command}. */
    boolean carryOut(Route route, CommandFrame frame) {
        return Dispatch.carryOut(this, route, frame);
    }

    void protocolError(String message) {
        listener.protocolError(destination.host(), message);
        endWith(message);
    }

    /** Takes no more commands; the client gets this error behind the replies that are still to come. */
    void endWith(String error) {
        replyError(error);
        end();
    }

    /** The client is not read from until there is room for its large command. */
    void heldBack() {
        listener.requestHeldBack(destination.host());
    }

    /** Answers in place: behind the replies that are still to come. Releases the buffer. */
    @Override
    public void reply(ByteBuf reply) {
        if (replies.isEmpty()) {
            out.writeAndRelease(reply);
        } else {
            replies.add(new ReadyReply(reply));
        }
    }

    @Override
    public void replyError(String text) {
        reply(Replies.error(text));
    }

    /**
     * Gives the client whole push frames, in the form of its protocol, that it has not asked for: at once, or behind the
     * reply that is being written. The bytes stay the caller's.
     *
     * @param from where they come from; it pauses while the client does not read. Null when they were made here
     */
    @Override
    public void push(@Nullable UpstreamConnection from, ByteBuf frames, int offset, int length) {
        replies.push(handler.allocator(), frames, offset, length);
        if (from != null) {
            flow.pushedBy(from, replies.heldPushes());
        }
    }

    /** Nothing more is taken until every reply so far is written. */
    @Override
    public void barrier() {
        barrier = true;
    }

    @Override
    public FlowControl flow() {
        return flow;
    }

    @Override
    public <E extends Exchange & Pending> void add(E exchange) {
        Dispatch.add(this, exchange);
    }

    @Override
    public void send(Exchange exchange) {
        Dispatch.send(this, exchange);
    }

    @Override
    public HeldReply hold() {
        return new HeldReply(share);
    }

    /** Goes on with commands that were refused, if nothing is in the way any more. */
    void resumeIfPossible() {
        if (handler.isSuspended() && !ending && mayStart()) {
            handler.resume();
        }
    }

    /** Moves to the destination's current backend if nothing is outstanding; otherwise that happens later. */
    void moveIfQuiet() {
        if (backend != destination.backend() && replies.isEmpty() && state.isFree()) {
            Backend old = backend;
            Identity before = identity.upstream();
            backend = destination.backend();
            spares = destination.spares();
            identity.moveTo(backend.config().credentials());
            ClientTracking.moved(this, old, before);
            // What a free state may still hold belongs to the old backend.
            state.abandon();
            state = new SharedState(this);
            if (subscriptions != null) {
                subscriptions.moveTo(backend);
            }
            backend.entered();
            old.left();
        }
    }

    /** Takes no more commands and closes behind the replies that are still to come. */
    void end() {
        ending = true;
        endIfDue();
    }

    /** As {@link #end}, but what the client is in the middle of may go on to its own end. */
    void drain() {
        draining = true;
        endIfDue();
    }

    /** The reply whose turn it is has lost its end: closes behind what there is of it. */
    @Override
    public void breakOff() {
        ending = true;
        out.flush();
        handler.closeAfterWrites();
    }

    /** Closes now. */
    @Override
    public void close() {
        handler.close();
    }

    /** The connection has ended. */
    void disconnected() {
        ending = true;
        replies.abandon();
        state.abandon();
        if (subscriptions != null) {
            subscriptions.abandon();
        }
        flow.end();
        ClientTracking.ended(this);
        traffic.handed(0);
        backend.left();
        destination.disconnected(this);
        listener.clientDisconnected(destination.host());
    }

    private void evict(long bytes) {
        LOG.log(
                Level.WARNING,
                "client evicted, replies for it took most of the memory that there is for those of all: host="
                        + destination.host() + " client=" + peer.remote() + " bytes=" + bytes);
        listener.clientEvicted(destination.host(), bytes);
        handler.closeSoon();
    }

    /** What the client has of the memory for replies. */
    ReplyBudget.Share share() {
        return share;
    }

    SessionState state() {
        return state;
    }

    /** What the client is subscribed to. */
    Subscriptions subscriptions() {
        Subscriptions present = subscriptions;
        if (present == null) {
            present = new Subscriptions(
                    this, settings.maxBufferedReplies(), () -> SubscribedState.subscriptionsChanged(this));
            subscriptions = present;
        }
        return present;
    }

    /** Whether the client is subscribed to anything. */
    boolean isSubscribed() {
        return subscriptions != null && !subscriptions.isEmpty();
    }

    void enter(SessionState next) {
        state = next;
    }

    Peer peer() {
        return peer;
    }

    long id() {
        return peer.id();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    /** What carried commands of the {@link #backend} before. */
    Spares spares() {
        return spares;
    }

    Destination destination() {
        return destination;
    }

    ProxySettings settings() {
        return settings;
    }

    ClientHandler handler() {
        return handler;
    }

    BatchedWriter out() {
        return out;
    }

    ClientTraffic traffic() {
        return traffic;
    }

    @Override
    public ReplyQueue replies() {
        return replies;
    }

    @Override
    public ClientIdentity identity() {
        return identity;
    }

    @Override
    public Identity upstream() {
        return identity.upstream();
    }

    @Override
    public ByteBufAllocator allocator() {
        return handler.allocator();
    }

    private boolean mayStart() {
        if (replies.isEmpty()) {
            barrier = false;
            moveIfQuiet();
            ways = backend.ways();
        }
        return !barrier
                && ways == backend.ways()
                && flow.isClear()
                && replies.size() < settings.maxOutstanding()
                && (backend == destination.backend() || !state.isFree());
    }

    @Override
    public void progressed() {
        flow.progressed();
        moveIfQuiet();
        endIfDue();
        if (!ending && (replies.isEmpty() || replies.size() <= settings.maxOutstanding() / 2)) {
            resumeIfPossible();
        }
    }

    private void endIfDue() {
        ending |= draining && state.mayEnd();
        if (ending && replies.isEmpty()) {
            out.flush();
            handler.closeAfterWrites();
        }
    }
}
