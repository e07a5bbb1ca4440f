package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.ErrorLine;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The private connection that a transaction uses, and how much of the transaction was sent there. */
final class TransactionLine {

    private static final CommandFrame MULTI = CommandFrame.of("MULTI");
    private static final CommandFrame DISCARD = CommandFrame.of("DISCARD");
    private static final CommandFrame UNWATCH = CommandFrame.of("UNWATCH");

    private final Backend backend;
    private final Identity identity;
    private final UpstreamConnection connection;
    private final boolean asking;
    private final List<TransactionStep> waiting = new ArrayList<>();
    private boolean begun;
    private boolean accepted;
    /** So many of the queued commands were sent. */
    private int sent;

    private @Nullable ByteBuf trouble;

    /** @param asking whether the slot is only on its way to that node */
    TransactionLine(Backend backend, Identity identity, UpstreamConnection connection, boolean asking) {
        this.backend = backend;
        this.identity = identity;
        this.connection = connection;
        this.asking = asking;
    }

    UpstreamConnection connection() {
        return connection;
    }

    boolean isAsking() {
        return asking;
    }

    /** Sends MULTI if that was not done yet, and then lets the step be sent: at once if this identity may use MULTI. */
    void enter(TransactionStep step) {
        if (!begun) {
            begun = true;
            accepted = backend.permits().has(identity);
            if (asking) {
                // Within MULTI it holds for all that follows (Redis, resetClient).
                Exchange.ask(connection);
            }
            connection.send(MULTI.buffer(), MULTI.offset(), MULTI.length(), new MultiReply());
        }
        if (accepted) {
            step.send(connection);
        } else {
            waiting.add(step);
        }
    }

    /** Sends queued commands that were not sent here yet, up to a position; the one at it is sent by its own step. */
    void catchUp(TransactionLog log, int position) {
        for (; sent < position; sent++) {
            ByteBuf command = log.command(sent);
            connection.send(command, command.readerIndex(), command.readableBytes(), new Repeated());
        }
        sent = position + 1;
    }

    /** The error with which the node refused to queue a command again; null when there was none. */
    @Nullable
    ByteBuf trouble() {
        return trouble;
    }

    /** The transaction is over here, by EXEC. */
    void over(boolean reusable) {
        if (reusable) {
            backend.giveBack(connection, identity);
        } else {
            connection.close();
        }
    }

    /** Whatever the connection is in the middle of for this transaction is forgotten; then it serves others. */
    void forget() {
        if (!connection.isReady()) {
            connection.close();
            return;
        }
        CommandFrame end = begun ? DISCARD : UNWATCH;
        connection.send(end.buffer(), end.offset(), end.length(), new Forgotten());
    }

    void close() {
        connection.close();
    }

    private final class MultiReply implements ReplyReceiver {

        private final ErrorLine error = new ErrorLine();

        @Override
        public void ready(UpstreamConnection ignored) {}

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
            if (type == '-') {
                error.add(buffer, offset, length, last, this::refused);
            } else if (last) {
                accepted = true;
                backend.permits().accepted(identity);
                List<TransactionStep> due = List.copyOf(waiting);
                waiting.clear();
                due.forEach(step -> step.send(connection));
            }
        }

        private void refused(ByteBuf buffer, int offset, int length) {
            // The first to wait gets the error; for the others the transaction is spoilt by it.
            backend.permits().refused(identity);
            ByteBuf refusal = buffer.slice(offset, length);
            List<TransactionStep> due = List.copyOf(waiting);
            waiting.clear();
            for (TransactionStep step : due) {
                if (step == due.get(0)) {
                    step.settle(refusal);
                } else {
                    step.sendAgain("");
                }
            }
        }

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
            List<TransactionStep> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(step -> step.failed(from, cause, Executed.NO));
        }
    }

    /** Of a command that was queued somewhere else before, where the client was told so. */
    private final class Repeated implements ReplyReceiver {

        private final ErrorLine error = new ErrorLine();

        @Override
        public void ready(UpstreamConnection ignored) {}

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
            if (type == '-') {
                error.add(buffer, offset, length, last, (whole, at, bytes) -> {
                    if (trouble == null) {
                        trouble = Unpooled.copiedBuffer(whole.slice(at, bytes));
                    }
                });
            }
        }

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {}
    }

    /** Gives the connection back once it is as good as new. */
    private final class Forgotten implements ReplyReceiver {

        @Override
        public void ready(UpstreamConnection ignored) {}

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
            if (last) {
                backend.giveBack(connection, identity);
            }
        }

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {}
    }
}
