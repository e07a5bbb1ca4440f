package io.slotless.sidecar.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.ConnectionLimitException;
import io.slotless.sidecar.upstream.HandshakeException;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to a node and back: sent again on redirections and, as long as it cannot have run, when a node
 * is away; all within the destination's operation timeout. What becomes of the reply is the subclass's matter.
 */
public abstract class Exchange implements ReplyReceiver, RetryQueue.Waiting {

    private static final CommandFrame ASKING = CommandFrame.of("ASKING");

    /** While a slot moves, its nodes may send a command to each other: after so many turns it rests. */
    private static final int TURNS = 4;

    protected final Backend backend;
    protected Identity identity;
    private ByteBuf request;
    private int offset;
    private int length;
    private int slot;
    private @Nullable UpstreamConnection lastConnection;

    private @Nullable Node redirectedTo;
    private boolean asking;
    private int redirects;
    private long deadline;
    private boolean waited;
    private boolean replyBegun;
    /** Whether it waits in the retry queue. */
    private boolean resting;

    private @Nullable ErrorLine errorLine;
    private String lastError = "";

    /**
     * @param request holds the command; retained here until the exchange is over
     * @param slot whose primary it goes to
     */
    protected Exchange(Backend backend, Identity identity, ByteBuf request, int offset, int length, int slot) {
        this.backend = backend;
        this.identity = identity;
        this.request = request.retain();
        this.offset = offset;
        this.length = length;
        this.slot = slot;
    }

    /** Is over and becomes another command of the same backend; only when all went the straight way, without a second try. */
    protected final void renew(Identity newIdentity, ByteBuf newRequest, int newOffset, int newLength, int newSlot) {
        identity = newIdentity;
        request = newRequest.retain();
        offset = newOffset;
        length = newLength;
        slot = newSlot;
        replyBegun = false;
    }

    /** Is over and holds on to nothing that others may need. */
    protected final void retire() {
        request = Unpooled.EMPTY_BUFFER;
        lastConnection = null;
    }

    /**
     * A piece of the reply that is the client's.
     *
     * @param from where it comes from; null when it was made here
     */
    protected abstract void deliver(
            @Nullable UpstreamConnection from, ByteBuf buffer, int pieceOffset, int pieceLength, boolean last);

    /**
     * No reply will come, after a piece of it was delivered. Takes back what was delivered and returns true; returns
     * false when that cannot be done: then the client's connection ends, and this exchange with it.
     */
    protected abstract boolean takeBack();

    /** It takes another way than the commands behind it would: they must wait, or they could overtake it. */
    protected abstract void detour();

    /** Whether anybody still waits for the reply. */
    protected abstract boolean isWanted();

    /** Whether it may go over another connection when its own is lost before it was sent. */
    protected boolean isRepeatable() {
        return true;
    }

    /** The connection to send on; null when no node is known for the slot. */
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return redirected == null ? backend.shared(slot, identity) : backend.shared(redirected, identity);
    }

    /** Whether it does no harm to run it twice. */
    protected boolean onlyReads() {
        return backend.onlyReads(request, offset, length);
    }

    /** Sends it, now or when its connection is ready. */
    public void dispatch() {
        UpstreamConnection connection = connection(redirectedTo);
        lastConnection = connection;
        if (connection == null) {
            lastError = "CLUSTERDOWN Hash slot not served";
            later();
        } else if (connection.isReady()) {
            ready(connection);
        } else {
            connection.await(this);
        }
    }

    /** The connection it was last given to; null when there was none. */
    public final @Nullable UpstreamConnection lastConnection() {
        return lastConnection;
    }

    /** Whether it, or who waits for it, waits until a connection was read. */
    public boolean waitsFor(UpstreamConnection connection, Set<UpstreamConnection> seen) {
        return lastConnection != null && lastConnection.waitsFor(connection, seen);
    }

    protected final int slot() {
        return slot;
    }

    @Override
    public void ready(UpstreamConnection connection) {
        begin(connection);
        connection.send(request, offset, length, this);
    }

    /** Sends what goes before the command. */
    protected void begin(UpstreamConnection connection) {
        if (asking) {
            ask(connection);
        }
    }

    /** The next command may use a slot that is on its way here. */
    public static void ask(UpstreamConnection connection) {
        connection.send(ASKING.buffer(), ASKING.offset(), ASKING.length(), IgnoredReply.IT);
    }

    /** Whether a part of its reply has come, so that it has run. */
    public final boolean hasBegunToReply() {
        return replyBegun;
    }

    /** The command as it was given; to be released by nobody. */
    protected final ByteBuf command() {
        return request.slice(offset, length);
    }

    /** Whether it was sent on to the node that its slot is moving to. */
    protected final boolean isAsking() {
        return asking;
    }

    @Override
    public final void reply(
            UpstreamConnection from, ByteBuf buffer, int pieceOffset, int pieceLength, byte type, boolean last) {
        if (type == '-' && backend.hidesCluster()) {
            if (errorLine == null) {
                errorLine = new ErrorLine();
            }
            errorLine.add(buffer, pieceOffset, pieceLength, last, (whole, at, bytes) -> judge(from, whole, at, bytes));
            return;
        }
        replyBegun = true;
        if (last) {
            request.release();
        }
        deliver(from, buffer, pieceOffset, pieceLength, last);
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        if (errorLine != null) {
            errorLine.clear();
        }
        if (isWanted()) {
            backend.suspectStale();
        }
        if (replyBegun && !takeBack()) {
            request.release();
            return;
        }
        replyBegun = false;
        if (cause instanceof HandshakeException || cause instanceof ConnectionLimitException) {
            finish(String.valueOf(cause.getMessage()));
        } else if (executed == Executed.MAYBE && !onlyReads()) {
            finish("ERR slotless: " + cause.getMessage()
                    + " while the command was running; it may or may not have been executed");
        } else if (!isWanted() || !isRepeatable()) {
            finish("ERR slotless: " + cause.getMessage());
        } else {
            redirectedTo = null;
            lastError = "ERR slotless: " + cause.getMessage();
            later();
        }
    }

    @Override
    public final void retry(long now) {
        if (!resting) {
            return;
        }
        resting = false;
        if (now - deadline > 0) {
            tooLate(lastError);
        } else {
            dispatch();
        }
    }

    /** Goes to its connection anew, wherever that is now; {@code error} is its reply if it comes to none in time. */
    public final void sendAgain(String error) {
        lastError = error;
        redirectedTo = null;
        asking = false;
        dispatch();
    }

    /** As {@link #sendAgain}, but not at once. */
    protected final void restThenSendAgain(String error) {
        lastError = error;
        redirectedTo = null;
        later();
    }

    /** Nobody wants it any more: if it waits, that is over; if it is with a server, its reply will be dropped. */
    public final void letGo() {
        if (resting) {
            resting = false;
            request.release();
        }
    }

    /** An error reply, minus and line end included: either the client's, or a reason to send the command again. */
    protected void judge(UpstreamConnection from, ByteBuf buffer, int lineOffset, int lineLength) {
        Verdict verdict = Verdict.of(buffer, lineOffset, lineLength, from.node());
        if (verdict instanceof Verdict.Deliver) {
            request.release();
            deliver(from, buffer, lineOffset, lineLength, true);
            return;
        }
        lastError = buffer.toString(lineOffset + 1, lineLength - 3, StandardCharsets.UTF_8);
        redirectedTo = null;
        asking = false;
        if (verdict instanceof Verdict.Moved moved) {
            backend.moved(moved.slot(), moved.node());
            redirect(moved.node());
        } else if (verdict instanceof Verdict.Ask ask) {
            backend.redirected(RedirectKind.ASK);
            asking = true;
            redirect(ask.node());
        } else if (verdict instanceof Verdict.Later wait) {
            backend.redirected(wait.kind());
            backend.suspectStale();
            later();
        }
    }

    private void redirect(Node node) {
        if (++redirects % TURNS == 0) {
            later();
            return;
        }
        redirectedTo = node;
        detour();
        dispatch();
    }

    /** Goes to where commands wait for better times. */
    protected final void later() {
        asking = false;
        if (!isWanted()) {
            finish(lastError);
            return;
        }
        detour();
        if (!waited) {
            waited = true;
            deadline = patience();
        }
        resting = true;
        backend.retryLater(this);
    }

    /** When to stop trying, counted from now, on the clock of the backend. */
    protected long patience() {
        return backend.deadline();
    }

    /** It was going well for a while: new trouble has a time limit of its own. */
    protected final void renewPatience() {
        waited = false;
    }

    /** There is no time left. */
    protected void tooLate(String error) {
        finish(error);
    }

    protected final void finish(String error) {
        ByteBuf reply = Replies.error(error);
        settle(reply);
        reply.release();
    }

    /** Ends the exchange with a reply that was made here and stays the caller's. */
    public final void settle(ByteBuf reply) {
        resting = false;
        request.release();
        deliver(null, reply, reply.readerIndex(), reply.readableBytes(), true);
    }
}
