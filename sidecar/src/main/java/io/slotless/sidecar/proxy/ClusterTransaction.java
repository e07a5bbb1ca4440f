package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.routing.Router;
import io.slotless.sidecar.routing.TransactionCommand;
import io.slotless.sidecar.routing.TransactionMove;
import io.slotless.sidecar.routing.TransactionRules;
import io.slotless.sidecar.routing.TransactionRules.Phase;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * In front of a cluster, from MULTI or WATCH to its end. MULTI is answered here. The first key decides which node the
 * transaction belongs to; there it gets a connection of its own, on which the server queues it.
 *
 * <pre>
 *   {@link SharedState} ── WATCH ──► WATCHING ── MULTI ──► QUEUEING ── EXEC, DISCARD ──► {@link SharedState}
 *        │                             └──── UNWATCH ────────────────────────────────────────▲
 *        └── MULTI ───────────────────────────────────────► QUEUEING
 * </pre>
 */
final class ClusterTransaction implements SessionState {

    /** What EXEC will come to. */
    enum Prospect {
        GOOD,
        /** What was watched is not watched any more: nothing will be run, as if it had been touched. */
        LOST,
        /** A command was refused: EXEC will be, too. */
        SPOILT
    }

    private final ClientSession session;
    private final Identity identity;
    private final TransactionLog log = new TransactionLog();
    private Phase phase;
    private Prospect prospect = Prospect.GOOD;
    private int slot = TransactionRules.ANY_SLOT;
    private @Nullable TransactionLine line;
    /** The server has said so. */
    private boolean watched;

    ClusterTransaction(ClientSession session) {
        this.session = session;
        this.identity = session.identity().upstream();
        this.phase = Phase.WATCHING;
    }

    @Override
    public boolean command(CommandFrame frame) {
        Router router = session.backend().router();
        Command command = router.table().find(frame);
        Route route = router.route(frame);
        if (!identity.equals(session.identity().upstream())) {
            lose();
        }
        return carryOut(
                TransactionRules.move(phase, slot, TransactionCommand.of(frame), command, route), command, frame);
    }

    private boolean carryOut(TransactionMove move, @Nullable Command command, CommandFrame frame) {
        if (move instanceof TransactionMove.Queue queue) {
            return queue(queue, command, frame);
        }
        if (move instanceof TransactionMove.Exec) {
            return exec();
        }
        if (move instanceof TransactionMove.Begin) {
            phase = Phase.QUEUEING;
            session.reply(Replies.OK.duplicate());
            return true;
        }
        if (move instanceof TransactionMove.Watch watch) {
            return watch(watch.slot(), frame);
        }
        if (move instanceof TransactionMove.Beside beside) {
            return prospect == Prospect.GOOD
                    ? Dispatch.add(
                            session, new BesideStep(this, Scripts.withScript(session, beside.route(), frame), slot))
                    : outside(beside.route(), frame);
        }
        if (move instanceof TransactionMove.Outside outside) {
            return outside(outside.route(), frame);
        }
        if (move instanceof TransactionMove.Refuse refuse) {
            session.replyError(refuse.error());
            return true;
        }
        if (move instanceof TransactionMove.Spoil spoil) {
            spoil();
            session.replyError(spoil.error());
            return true;
        }
        return end(move, frame);
    }

    /** What ends the transaction here; the server is told to forget it when it has answered what came before. */
    private boolean end(TransactionMove move, CommandFrame frame) {
        if (!Dispatch.quiet(session)) {
            return false;
        }
        over(null);
        if (move instanceof TransactionMove.Leave leave) {
            return session.carryOut(leave.route(), frame);
        }
        session.reply(
                move instanceof TransactionMove.Abort abort ? Replies.error(abort.error()) : Replies.OK.duplicate());
        return true;
    }

    private boolean queue(TransactionMove.Queue move, @Nullable Command command, CommandFrame frame) {
        if (prospect != Prospect.GOOD) {
            session.reply(Replies.QUEUED.duplicate());
            return true;
        }
        if (log.bytes() + frame.length() > session.settings().maxTransactionBytes()) {
            spoil();
            session.replyError("ERR slotless: the transaction is larger than "
                    + session.settings().maxTransactionBytes() + " bytes");
            return true;
        }
        QueuedCommand queued = QueuedCommand.of(session, frame, move.route());
        log.add(session.allocator(), queued);
        if (command == null || !command.isReadOnly()) {
            log.writes();
        }
        if (QueuedCommand.changesConnection(move.route())) {
            log.willChangeConnection();
        }
        if (move.slot() != TransactionRules.ANY_SLOT) {
            slot = move.slot();
        }
        if (slot == TransactionRules.ANY_SLOT) {
            session.reply(Replies.QUEUED.duplicate());
            return true;
        }
        return Dispatch.add(session, new QueueStep(this, slot, log.size() - 1));
    }

    private boolean exec() {
        if (prospect == Prospect.GOOD && (log.size() > 0 || slot != TransactionRules.ANY_SLOT)) {
            int where = slot == TransactionRules.ANY_SLOT
                    ? session.backend().owners().any()
                    : slot;
            // The next command may be one for the shared connections.
            session.barrier();
            return Dispatch.add(session, new ExecStep(this, where));
        }
        if (!Dispatch.quiet(session)) {
            return false;
        }
        session.reply(
                switch (prospect) {
                    case GOOD -> Replies.EMPTY_ARRAY.duplicate();
                    case LOST ->
                        Replies.nullArray(session.identity().upstream().protocol())
                                .duplicate();
                    case SPOILT -> Replies.EXECABORT.duplicate();
                });
        over(null);
        return true;
    }

    private boolean watch(int keys, CommandFrame frame) {
        if (prospect != Prospect.GOOD) {
            session.reply(Replies.OK.duplicate());
            return true;
        }
        slot = keys;
        // Nothing may go to that connection while it may still turn out to be the wrong one.
        session.barrier();
        return Dispatch.add(session, new WatchStep(this, frame, keys));
    }

    /** Beside the transaction's connection: what comes next may not overtake it. */
    private boolean outside(Route route, CommandFrame frame) {
        boolean taken = session.carryOut(route, frame);
        session.barrier();
        return taken;
    }

    ClientSession session() {
        return session;
    }

    Identity identity() {
        return identity;
    }

    TransactionLog log() {
        return log;
    }

    Prospect prospect() {
        return prospect;
    }

    /** Whether going to another connection loses what is watched. */
    boolean hasWatched() {
        return watched;
    }

    @Nullable
    TransactionLine line() {
        return line;
    }

    boolean hasLine() {
        return line != null;
    }

    /** The transaction's way, if that is this connection. */
    @Nullable
    TransactionLine lineOn(UpstreamConnection connection) {
        return line != null && line.connection() == connection ? line : null;
    }

    /** The transaction's connection; the one to {@code redirected}, else to the slot's primary, if it has none. */
    @Nullable
    UpstreamConnection connect(int keys, @Nullable Node redirected, boolean asking) {
        if (line == null) {
            Backend backend = session.backend();
            UpstreamConnection connection = redirected == null
                    ? backend.takePrivate(keys, identity)
                    : backend.takePrivate(redirected, identity);
            if (connection == null) {
                return null;
            }
            line = new TransactionLine(backend, identity, connection, asking);
        }
        return line.connection();
    }

    void enter(TransactionStep step, UpstreamConnection connection) {
        TransactionLine here = lineOn(connection);
        if (here == null) {
            step.sendAgain("ERR slotless: the node was lost during a transaction");
        } else {
            here.enter(step);
        }
    }

    void catchUp(UpstreamConnection connection, int position) {
        TransactionLine here = lineOn(connection);
        if (here != null) {
            here.catchUp(log, position);
        }
    }

    /** The connection may have ended while nobody waited for anything. */
    void checkLine() {
        if (line != null && line.connection().isClosed()) {
            if (watched) {
                lose();
            } else {
                line = null;
            }
        }
    }

    /** Another connection will be needed. */
    void leaveLine() {
        TransactionLine left = line;
        line = null;
        if (left != null) {
            left.forget();
        }
    }

    void watchAnswered(boolean ok) {
        watched |= ok;
        if (!watched && phase == Phase.WATCHING && prospect == Prospect.GOOD) {
            over(null);
        }
    }

    /** Nothing is watched any more: EXEC will run nothing. */
    void lose() {
        if (prospect == Prospect.GOOD) {
            prospect = Prospect.LOST;
        }
        leaveLine();
    }

    /** A command was refused. */
    void spoil() {
        prospect = Prospect.SPOILT;
    }

    /**
     * The transaction is over.
     *
     * @param executed the connection on which EXEC was answered; null when the server has not ended it
     */
    void over(@Nullable UpstreamConnection executed) {
        TransactionLine last = line;
        line = null;
        if (last != null && last.connection() == executed) {
            last.over(!log.changesConnection());
        } else if (last != null) {
            last.forget();
        }
        log.release();
        session.enter(new SharedState(session));
    }

    @Override
    public boolean isFree() {
        return false;
    }

    @Override
    public boolean mayEnd() {
        return false;
    }

    @Override
    public int queued() {
        return phase == Phase.QUEUEING ? log.size() : -1;
    }

    @Override
    public void abandon() {
        if (line != null) {
            line.close();
            line = null;
        }
        log.release();
    }
}
