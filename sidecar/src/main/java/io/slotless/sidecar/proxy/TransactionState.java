package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.LocalCommand;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In front of one server, between MULTI or WATCH and its end: every command goes, as it is, over one private
 * connection. Whether the transaction is over is read from the server's replies.
 */
final class TransactionState implements SessionState {

    private static final AsciiString MULTI = AsciiString.cached("multi");
    private static final AsciiString EXEC = AsciiString.cached("exec");
    private static final AsciiString DISCARD = AsciiString.cached("discard");
    private static final AsciiString WATCH = AsciiString.cached("watch");
    private static final AsciiString UNWATCH = AsciiString.cached("unwatch");

    /** Within MULTI these would be about the sidecar's connections, or about replies that the server does not have. */
    private static final Set<LocalCommand> REFUSED_INSIDE =
            EnumSet.of(LocalCommand.CLIENT_KILL, LocalCommand.CLIENT_REPLY, LocalCommand.CLIENT_UNBLOCK);

    /** What the server says to these within MULTI must do; they change nothing. */
    private static final Set<LocalCommand> HARMLESS_INSIDE = EnumSet.of(
            LocalCommand.CLIENT_CAPA,
            LocalCommand.CLIENT_GETNAME,
            LocalCommand.CLIENT_ID,
            LocalCommand.CLIENT_INFO,
            LocalCommand.CLIENT_LIST,
            LocalCommand.CLIENT_SETINFO);

    private static final Set<LocalCommand> IDENTITY =
            EnumSet.of(LocalCommand.AUTH, LocalCommand.HELLO, LocalCommand.SELECT);

    private static final Set<LocalCommand> NAME = EnumSet.of(LocalCommand.CLIENT_GETNAME, LocalCommand.CLIENT_SETNAME);

    private final ClientSession session;
    private @Nullable UpstreamConnection connection;
    /** The server has answered on it: another connection would not do any more. */
    private boolean answered;

    private boolean queueing;
    private boolean watching;
    /** A command went over the connection that may have changed it for good. */
    private boolean tainted;

    TransactionState(ClientSession session) {
        this.session = session;
        this.connection = session.backend().takePrivate(0, session.identity().upstream());
    }

    @Override
    public boolean command(CommandFrame frame) {
        if (isFree() && session.replies().isEmpty() && (!begins(frame) || isLost())) {
            leave();
            session.enter(new SharedState(session));
            return session.carryOut(session.backend().router().route(frame), frame);
        }
        Route route = session.backend().router().route(frame);
        if (route instanceof Route.Local local) {
            if (local.command() == LocalCommand.QUIT || local.command() == LocalCommand.RESET) {
                return Dispatch.quiet(session) && dropAnd(route, frame);
            }
            return Dispatch.quiet(session) && local(local.command(), route, frame);
        }
        if (route instanceof Route.Subscribe) {
            return Dispatch.quiet(session) && subscribe(route, frame);
        }
        tainted |= route instanceof Route.BindForever || route instanceof Route.BindIfDone;
        return Dispatch.add(session, new Step(frame));
    }

    /** Within MULTI it is queued, and whatever comes of that passes untouched from here on. */
    private boolean subscribe(Route route, CommandFrame frame) {
        if (!queueing || connection == null || session.isSubscribed()) {
            return session.carryOut(route, frame);
        }
        PipeState.enter(session).use(connection);
        return false;
    }

    /** What is about the connection, which is two here: the client's, and that of the transaction. */
    private boolean local(LocalCommand command, Route route, CommandFrame frame) {
        if (!queueing && !IDENTITY.contains(command) && !(tainted && NAME.contains(command))) {
            return session.carryOut(route, frame);
        }
        if (queueing && REFUSED_INSIDE.contains(command)) {
            session.replyError(
                    "ERR slotless: 'CLIENT " + frame.argument(1) + "' is not supported inside a transaction");
            return true;
        }
        tainted |= !HARMLESS_INSIDE.contains(command);
        return Dispatch.add(session, new Step(frame));
    }

    /** The end of the connection is the end of the transaction, as these commands want it. */
    private boolean dropAnd(Route route, CommandFrame frame) {
        abandon();
        session.enter(new SharedState(session));
        return session.carryOut(route, frame);
    }

    /** Before the first reply the state is not known: commands sent with MULTI in one go belong to it. */
    @Override
    public boolean isFree() {
        return !queueing && !watching && !tainted;
    }

    @Override
    public boolean mayEnd() {
        return isFree() && session.replies().isEmpty();
    }

    /** How many only the server knows. */
    @Override
    public int queued() {
        return queueing ? 0 : -1;
    }

    @Override
    public void abandon() {
        if (connection != null) {
            connection.close();
        }
    }

    /** Between two transactions that is nobody's loss: the next one gets another connection. */
    private boolean isLost() {
        return connection != null && connection.isClosed();
    }

    private static boolean begins(CommandFrame frame) {
        return frame.argumentEqualsIgnoreCase(0, MULTI) || frame.argumentEqualsIgnoreCase(0, WATCH);
    }

    private void leave() {
        if (connection != null) {
            session.backend().giveBack(connection, session.identity().upstream());
        }
    }

    /** One command of the transaction. */
    private final class Step extends Forward {

        private final Effect effect;
        private boolean judged;

        Step(CommandFrame frame) {
            super(session, session.identity().upstream(), frame, 0);
            this.effect = Effect.of(frame);
        }

        @Override
        @Nullable
        protected UpstreamConnection connection(@Nullable Node redirected) {
            if (isLost() && !answered) {
                connection = backend.takePrivate(slot(), identity);
            }
            return connection;
        }

        /** As long as the server is away nothing has begun; commands wait for it in their order. */
        @Override
        protected boolean isRepeatable() {
            return !answered;
        }

        @Override
        protected void deliver(
                @Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
            answered |= from != null;
            if (!judged) {
                judged = true;
                judge(buffer.getByte(offset) == '-');
            }
            super.deliver(from, buffer, offset, length, last);
            if (from == null) {
                // The connection is lost, and the transaction with it.
                session.end();
            }
        }

        private void judge(boolean error) {
            switch (effect) {
                case BEGINS -> queueing |= !error;
                case ENDS -> {
                    watching &= !queueing;
                    queueing = false;
                }
                case WATCHES -> watching |= !error && !queueing;
                case UNWATCHES -> watching &= queueing;
                case NONE -> {}
            }
        }
    }

    /** What a command does to the state once it is answered. */
    private enum Effect {
        NONE,
        BEGINS,
        ENDS,
        WATCHES,
        UNWATCHES;

        static Effect of(CommandFrame frame) {
            if (frame.argumentEqualsIgnoreCase(0, MULTI)) {
                return BEGINS;
            }
            if (frame.argumentEqualsIgnoreCase(0, EXEC) || frame.argumentEqualsIgnoreCase(0, DISCARD)) {
                return ENDS;
            }
            if (frame.argumentEqualsIgnoreCase(0, WATCH)) {
                return WATCHES;
            }
            return frame.argumentEqualsIgnoreCase(0, UNWATCH) ? UNWATCHES : NONE;
        }
    }
}
