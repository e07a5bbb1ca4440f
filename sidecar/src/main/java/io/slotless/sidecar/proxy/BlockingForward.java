package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.PrivateUse;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.BlockingCall;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command that may wait at the server for its keys, on a connection of its own for that time. When the client leaves,
 * the connection is closed, which ends the waiting there, too.
 *
 * <p>When the slot moves or the server is lost, it waits on at the new owner for what is left of its time. An element
 * that the lost server took from its list just then is not given to the client, as it would not be without us.
 */
final class BlockingForward extends Forward {

    /** After so long at a server what comes then is new trouble. */
    private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Redis 7.0, disconnectAllBlockedClients: the server has become a replica. */
    private static final String DEMOTED = "UNBLOCKED force unblock from blocking operation";

    /** Redis 7.0, to a waiting XREADGROUP: also when the stream has only moved to another node. */
    private static final String STREAM_GONE = "UNBLOCKED the stream key no longer exists";

    private static final String NO_GROUP = "NOGROUP ";

    private final BlockingCall call;
    private final long startedAt;
    private final @Nullable NewestIds newestIds;
    private final PrivateUse connection;
    private boolean sent;
    private boolean over;
    private long sentAt;
    private @Nullable String streamGone;

    BlockingForward(ClientSession session, CommandFrame frame, int slot) {
        super(session, session.identity().upstream(), frame, slot);
        this.call = BlockingCall.of(frame);
        this.newestIds = call.newestIds().isEmpty() ? null : new NewestIds(call, frame);
        this.connection = new PrivateUse(backend, identity);
        this.startedAt = backend.now();
    }

    /** Ends the waiting with this reply, which stays the caller's. */
    void unblock(ByteBuf reply) {
        over = true;
        connection.close();
        settle(reply);
    }

    /** What the client gets when the time is over. */
    ByteBuf nothing() {
        return Replies.nullArray(identity.protocol());
    }

    @Override
    public void dispatch() {
        if (sent && remaining() <= 0) {
            settle(nothing());
        } else {
            super.dispatch();
        }
    }

    @Override
    public void ready(UpstreamConnection ready) {
        if (newestIds != null && !isAsking()) {
            newestIds.ask(ready);
        }
        if (sent) {
            begin(ready);
            ByteBuf anew = anew();
            ready.send(anew, anew.readerIndex(), anew.readableBytes(), this);
        } else {
            super.ready(ready);
        }
        sent = true;
        sentAt = backend.now();
    }

    private ByteBuf anew() {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        decoder.decode(command());
        return call.anew(
                decoder.frame(),
                TimeUnit.NANOSECONDS.toMillis(remaining()),
                newestIds == null ? NewestIds.NONE : newestIds.known());
    }

    /** On the clock of the backend; only for what ends by time. */
    private long end() {
        return startedAt + TimeUnit.MILLISECONDS.toNanos(call.timeoutMillis());
    }

    private long remaining() {
        return call.endsByTime() ? end() - backend.now() : Long.MAX_VALUE;
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return connection.take(slot(), redirected);
    }

    @Override
    protected void judge(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        newTrouble();
        String error = buffer.toString(offset + 1, length - 3, StandardCharsets.UTF_8);
        if (error.startsWith(DEMOTED)) {
            backend.suspectStale();
            restThenSendAgain(error);
        } else if (error.startsWith(STREAM_GONE) && streamGone == null) {
            streamGone = error;
            restThenSendAgain(error);
        } else if (error.startsWith(NO_GROUP) && streamGone != null) {
            finish(streamGone);
        } else {
            super.judge(from, buffer, offset, length);
        }
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        if (over) {
            return;
        }
        newTrouble();
        super.failed(from, cause, hasBegunToReply() ? executed : Executed.NO);
    }

    private void newTrouble() {
        if (sent && backend.now() - sentAt > SETTLED_NANOS) {
            renewPatience();
        }
    }

    /** What waits already has its own time to come back; what does not yet is a command like others. */
    @Override
    protected long patience() {
        return sent && call.endsByTime() ? Math.max(super.patience(), end()) : super.patience();
    }

    @Override
    protected void tooLate(String error) {
        if (sent && remaining() <= 0) {
            settle(nothing());
        } else {
            super.tooLate(error);
        }
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (last) {
            connection.giveBack();
        }
        super.deliver(from, buffer, offset, length, last);
    }

    @Override
    public void abandon() {
        super.abandon();
        connection.close();
    }
}
