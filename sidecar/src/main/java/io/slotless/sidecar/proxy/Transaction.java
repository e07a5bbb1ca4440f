package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.routing.TransactionRules;
import io.slotless.sidecar.routing.TransactionRules.Phase;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in front of a cluster: what it has queued, the connection that it has for now, and what EXEC will come to.
 * When that connection turns out to be the wrong one, or is lost, it goes on at another one, as long as nothing was watched.
 */
final class Transaction {

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
    private Phase phase = Phase.WATCHING;
    private Prospect prospect = Prospect.GOOD;
    private int slot = TransactionRules.ANY_SLOT;
    private @Nullable TransactionLine line;
    /** The server has said so. */
    private boolean watched;

    Transaction(ClientSession session) {
        this.session = session;
        this.identity = session.upstream();
    }

    /** MULTI was said. */
    void begin() {
        phase = Phase.QUEUEING;
    }

    Phase phase() {
        return phase;
    }

    /** The slot that decides which node it belongs to; {@link TransactionRules#ANY_SLOT} as long as no key has. */
    int slot() {
        return slot;
    }

    void bindTo(int keys) {
        slot = keys;
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

    boolean isGood() {
        return prospect == Prospect.GOOD;
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
        if (!watched && phase == Phase.WATCHING && isGood()) {
            over(null);
        }
    }

    /** Nothing is watched any more: EXEC will run nothing. */
    void lose() {
        if (isGood()) {
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

    /** The client has gone. */
    void abandon() {
        if (line != null) {
            line.close();
            line = null;
        }
        log.release();
    }
}
