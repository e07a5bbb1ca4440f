package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.upstream.ReplyReceiver.Executed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pipelined connection to a Redis server. Replies come in the order of the commands. Used on its event loop only.
 *
 * <p>It is born connecting: receivers that need it then {@link #await} it. It ends once, for whatever reason, and then
 * tells every receiver what is known of its command.
 */
public final class UpstreamConnection {

    /** Where a connection is in its life. */
    private enum State {
        CONNECTING,
        READY,
        CLOSED
    }

    private final Node node;
    private final ConnectionEvents events;
    private final ArrayDeque<ReplyReceiver> inFlight = new ArrayDeque<>();
    private final ArrayDeque<ReplyReceiver> waiting = new ArrayDeque<>();
    private final List<Runnable> writabilityWaiters = new ArrayList<>();
    private State state = State.CONNECTING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable BatchedWriter writer;
    private @Nullable RawReader rawReader;
    private Throwable endCause;
    private long lastFlush = -1;
    private int unflushed;
    private int pauses;
    /** For what it is held up; as a rule for nothing. */
    private List<Waiting> holds = List.of();

    private boolean replaced;
    private int quietChecks;

    UpstreamConnection(Node node, ConnectionEvents events) {
        this.node = node;
        this.events = events;
        this.endCause = new ConnectionClosedException(node);
    }

    /** One that was never made: whoever awaits it fails for this reason. */
    static UpstreamConnection refused(Node node, Throwable reason) {
        UpstreamConnection connection = new UpstreamConnection(node, ConnectionEvents.NONE);
        connection.end(reason);
        return connection;
    }

    /** The server this connection leads to. */
    public Node node() {
        return node;
    }

    public boolean isReady() {
        return state == State.READY;
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether no command waits for anything here. */
    public boolean isIdle() {
        return inFlight.isEmpty() && waiting.isEmpty();
    }

    /** Whether another user would find it as it was after its handshake. */
    boolean isReusable() {
        return isReady() && isIdle() && pauses == 0;
    }

    /** Calls the receiver when the connection is ready, or has failed. */
    public void await(ReplyReceiver receiver) {
        switch (state) {
            case READY -> receiver.ready(this);
            case CONNECTING -> waiting.add(receiver);
            case CLOSED -> receiver.failed(this, endCause, Executed.NO);
        }
    }

    /** Sends one whole command; its bytes stay the caller's. Not for a connection that is {@link #isClosed}. */
    public void send(ByteBuf buffer, int offset, int length, ReplyReceiver receiver) {
        begin(receiver).write(buffer, offset, length);
    }

    /** As {@link #send}, of a command that the caller writes in pieces to what is returned, before anybody else writes. */
    public ByteSink begin(ReplyReceiver receiver) {
        BatchedWriter out = writer();
        if (out.flushes() != lastFlush) {
            lastFlush = out.flushes();
            unflushed = 0;
        }
        unflushed++;
        inFlight.add(receiver);
        return out;
    }

    /** Sends bytes that get no reply we would count: only after {@link #readRaw}. */
    public void sendRaw(ByteBuf buffer, int offset, int length) {
        writer().write(buffer, offset, length);
    }

    /**
     * From now on every byte from the server goes to {@code reader}; null: replies go to who waits for them again. Not while
     * a command waits for its reply.
     */
    public void readRaw(@Nullable RawReader reader) {
        rawReader = reader;
    }

    /** Whether the server takes what is sent; when not, senders should stop and {@link #whenWritable}. */
    public boolean isWritable() {
        ChannelHandlerContext current = context;
        // Who waited for a closed connection to take bytes would wait for ever.
        return current == null || state == State.CLOSED || current.channel().isWritable();
    }

    /** Calls back once, when the server takes bytes again or the connection has ended. */
    public void whenWritable(Runnable callback) {
        writabilityWaiters.add(callback);
    }

    /** Stops reading replies until each pause was {@link #resumeReading resumed}. */
    public void pauseReading() {
        if (pauses++ > 0) {
            return;
        }
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
        events.heldUp(this);
    }

    /** As {@link #pauseReading}, until other connections have brought what this one waits for. */
    public void holdUp(Waiting forWhat) {
        if (holds.isEmpty()) {
            holds = new ArrayList<>(1);
        }
        holds.add(forWhat);
        pauseReading();
    }

    /** Takes one {@link #holdUp} back. */
    public void goOn(Waiting forWhat) {
        holds.remove(forWhat);
        resumeReading();
    }

    /**
     * Whether this one is not read until the other was.
     *
     * @param seen those that were asked already
     */
    public boolean waitsFor(UpstreamConnection other, Set<UpstreamConnection> seen) {
        if (this == other) {
            return true;
        }
        if (isClosed() || holds.isEmpty() || !seen.add(this)) {
            return false;
        }
        for (Waiting hold : holds) {
            if (hold.waitsFor(other, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Takes one {@link #pauseReading} back. */
    public void resumeReading() {
        if (--pauses > 0) {
            return;
        }
        if (context != null) {
            context.channel().config().setAutoRead(true);
        }
        settled();
    }

    boolean isPaused() {
        return pauses > 0;
    }

    /** Ends the connection. */
    public void close() {
        end(new ConnectionClosedException(node));
    }

    /** Gives this connection its channel: the handler has become part of a pipeline. */
    void attached(ChannelHandlerContext channelContext, BatchedWriter channelWriter) {
        context = channelContext;
        writer = channelWriter;
        if (pauses > 0) {
            channelContext.channel().config().setAutoRead(false);
        }
    }

    /** The handshake is done. */
    void becomeReady() {
        if (state != State.CONNECTING) {
            return;
        }
        state = State.READY;
        events.ready(this);
        ReplyReceiver receiver;
        while ((receiver = waiting.poll()) != null) {
            await(receiver);
        }
    }

    @Nullable
    ReplyReceiver currentReceiver() {
        return inFlight.peek();
    }

    void replyCompleted() {
        inFlight.poll();
    }

    /** Another connection has taken its place: when no command waits here any more, its pool gets it back. */
    void replaced() {
        replaced = true;
    }

    /** A reply was handed on to its end. */
    void settled() {
        if (replaced && pauses == 0 && isIdle() && state == State.READY) {
            replaced = false;
            events.free(this);
        }
    }

    void progressed() {
        quietChecks = 0;
    }

    /** How many times in a row this was called while commands waited and nothing came. */
    int stalledFor() {
        quietChecks = inFlight.isEmpty() || pauses > 0 ? 0 : quietChecks + 1;
        return quietChecks;
    }

    @Nullable
    RawReader rawReader() {
        return rawReader;
    }

    void writabilityChanged() {
        if (!isWritable() || writabilityWaiters.isEmpty()) {
            return;
        }
        List<Runnable> callbacks = List.copyOf(writabilityWaiters);
        writabilityWaiters.clear();
        callbacks.forEach(Runnable::run);
    }

    /** The connection has ended or could not be made. */
    void end(Throwable cause) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        endCause = cause;
        int unsent = writer != null && writer.flushes() == lastFlush ? unflushed : 0;
        if (context != null) {
            context.close();
        }
        if (writer != null) {
            writer.discard();
        }
        events.ended(this, cause);
        int sent = inFlight.size() - unsent;
        ReplyReceiver receiver;
        while ((receiver = inFlight.poll()) != null) {
            receiver.failed(this, cause, sent-- > 0 ? Executed.MAYBE : Executed.NO);
        }
        while ((receiver = waiting.poll()) != null) {
            receiver.failed(this, cause, Executed.NO);
        }
        if (rawReader != null) {
            rawReader.ended(cause);
        }
        List<Runnable> callbacks = List.copyOf(writabilityWaiters);
        writabilityWaiters.clear();
        callbacks.forEach(Runnable::run);
    }

    private BatchedWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("not connected to " + node);
        }
        return writer;
    }

    /** Takes every byte that comes from the server, untouched. */
    public interface RawReader {
        /** Bytes; they stay the connection's. */
        void bytes(ByteBuf buffer, int offset, int length);

        /** The connection ended. */
        void ended(Throwable cause);
    }

    /** Waits for what connections bring. */
    public interface Waiting {

        /** Whether it waits until this connection was read, perhaps because others wait for that; see {@link #waitsFor}. */
        boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen);
    }

    /** Told of a connection's life by its connection. */
    interface ConnectionEvents {

        /** Nobody is told. */
        ConnectionEvents NONE = new ConnectionEvents() {};

        default void ready(UpstreamConnection connection) {}

        default void ended(UpstreamConnection connection, Throwable cause) {}

        /** It is not read from for now, for the sake of one client. */
        default void heldUp(UpstreamConnection connection) {}

        /** It was {@link #replaced}, and is as fresh as after its handshake again. */
        default void free(UpstreamConnection connection) {}
    }
}
