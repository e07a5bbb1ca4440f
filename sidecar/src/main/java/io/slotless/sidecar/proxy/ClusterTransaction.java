package io.slotless.sidecar.proxy;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.routing.Router;
import io.slotless.sidecar.routing.TransactionCommand;
import io.slotless.sidecar.routing.TransactionMove;
import io.slotless.sidecar.routing.TransactionRules;
import io.slotless.sidecar.routing.TransactionRules.Phase;
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

    private final ClientSession session;
    private final Transaction transaction;

    ClusterTransaction(ClientSession session) {
        this.session = session;
        this.transaction = new Transaction(session);
    }

    @Override
    public boolean command(CommandFrame frame) {
        Router router = session.backend().router();
        Command command = router.table().find(frame);
        Route route = router.route(frame);
        if (!transaction.identity().equals(session.upstream())) {
            transaction.lose();
        }
        return carryOut(
                TransactionRules.move(
                        transaction.phase(), transaction.slot(), TransactionCommand.of(frame), command, route),
                command,
                frame);
    }

    private boolean carryOut(TransactionMove move, @Nullable Command command, CommandFrame frame) {
        if (move instanceof TransactionMove.Queue queue) {
            return queue(queue, command, frame);
        }
        if (move instanceof TransactionMove.Exec) {
            return exec();
        }
        if (move instanceof TransactionMove.Begin) {
            transaction.begin();
            session.reply(Replies.OK.duplicate());
            return true;
        }
        if (move instanceof TransactionMove.Watch watch) {
            return watch(watch.slot(), frame);
        }
        if (move instanceof TransactionMove.Beside beside) {
            return transaction.isGood()
                    ? Dispatch.add(
                            session,
                            new BesideStep(
                                    transaction,
                                    Scripts.withScript(session, beside.route(), frame),
                                    transaction.slot()))
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
            transaction.spoil();
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
        transaction.over(null);
        if (move instanceof TransactionMove.Leave leave) {
            return session.carryOut(leave.route(), frame);
        }
        session.reply(
                move instanceof TransactionMove.Abort abort ? Replies.error(abort.error()) : Replies.OK.duplicate());
        return true;
    }

    private boolean queue(TransactionMove.Queue move, @Nullable Command command, CommandFrame frame) {
        if (!transaction.isGood()) {
            session.reply(Replies.QUEUED.duplicate());
            return true;
        }
        TransactionLog log = transaction.log();
        if (log.bytes() + frame.length() > session.settings().maxTransactionBytes()) {
            transaction.spoil();
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
            transaction.bindTo(move.slot());
        }
        if (transaction.slot() == TransactionRules.ANY_SLOT) {
            session.reply(Replies.QUEUED.duplicate());
            return true;
        }
        return Dispatch.add(session, new QueueStep(transaction, transaction.slot(), log.size() - 1));
    }

    private boolean exec() {
        int slot = transaction.slot();
        if (transaction.isGood() && (transaction.log().size() > 0 || slot != TransactionRules.ANY_SLOT)) {
            int where = slot == TransactionRules.ANY_SLOT
                    ? session.backend().owners().any()
                    : slot;
            // The next command may be one for the shared connections.
            session.barrier();
            return Dispatch.add(session, new ExecStep(transaction, where));
        }
        if (!Dispatch.quiet(session)) {
            return false;
        }
        session.reply(
                switch (transaction.prospect()) {
                    case GOOD -> Replies.EMPTY_ARRAY.duplicate();
                    case LOST ->
                        Replies.nullArray(session.identity().upstream().protocol())
                                .duplicate();
                    case SPOILT -> Replies.EXECABORT.duplicate();
                });
        transaction.over(null);
        return true;
    }

    private boolean watch(int keys, CommandFrame frame) {
        if (!transaction.isGood()) {
            session.reply(Replies.OK.duplicate());
            return true;
        }
        transaction.bindTo(keys);
        // Nothing may go to that connection while it may still turn out to be the wrong one.
        session.barrier();
        return Dispatch.add(session, new WatchStep(transaction, frame, keys));
    }

    /** Beside the transaction's connection: what comes next may not overtake it. */
    private boolean outside(Route route, CommandFrame frame) {
        boolean taken = session.carryOut(route, frame);
        session.barrier();
        return taken;
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
        return transaction.phase() == Phase.QUEUEING ? transaction.log().size() : -1;
    }

    @Override
    public void abandon() {
        transaction.abandon();
    }
}
