package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandFlag;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What commands mean between MULTI or WATCH and the end of the transaction, as in Redis 7.0 ({@code processCommand},
 * multi.c): which errors make EXEC refuse, and which do not. Pure.
 */
public final class TransactionRules {

    /** Of a transaction without keys so far. */
    public static final int ANY_SLOT = -1;

    private static final TransactionMove NESTED = new TransactionMove.Refuse("ERR MULTI calls can not be nested");
    private static final TransactionMove WATCH_INSIDE =
            new TransactionMove.Refuse("ERR WATCH inside MULTI is not allowed");
    private static final TransactionMove NO_MULTI =
            new TransactionMove.Spoil("ERR Command not allowed inside a transaction");

    /** Commands about the connection that can wait for EXEC. */
    private static final Set<LocalCommand> QUEUED = EnumSet.of(
            LocalCommand.AUTH,
            LocalCommand.CLIENT_CACHING,
            LocalCommand.CLIENT_CAPA,
            LocalCommand.CLIENT_GETNAME,
            LocalCommand.CLIENT_GETREDIR,
            LocalCommand.CLIENT_ID,
            LocalCommand.CLIENT_INFO,
            LocalCommand.CLIENT_KILL,
            LocalCommand.CLIENT_LIST,
            LocalCommand.CLIENT_NO_EVICT,
            LocalCommand.CLIENT_SETINFO,
            LocalCommand.CLIENT_SETNAME,
            LocalCommand.CLIENT_TRACKINGINFO,
            LocalCommand.CLIENT_UNBLOCK,
            LocalCommand.ECHO,
            LocalCommand.HELLO,
            LocalCommand.PING,
            LocalCommand.SELECT);

    private TransactionRules() {}

    /** A transaction is either queueing or only watching. */
    public enum Phase {
        QUEUEING,
        WATCHING
    }

    /**
     * Decides what becomes of a command.
     *
     * @param slot that of the transaction's keys; {@link #ANY_SLOT} when it has none so far
     * @param command null if it is unknown
     * @param route of the command outside of transactions
     */
    public static TransactionMove move(
            Phase phase, int slot, TransactionCommand kind, @Nullable Command command, Route route) {
        if (route instanceof Route.Local local && endsTransaction(local.command())) {
            return new TransactionMove.Leave(route);
        }
        return switch (phase) {
            case QUEUEING -> queueing(slot, kind, command, route);
            case WATCHING -> watching(slot, kind, route);
        };
    }

    private static boolean endsTransaction(LocalCommand command) {
        return command == LocalCommand.QUIT || command == LocalCommand.RESET;
    }

    private static TransactionMove queueing(int slot, TransactionCommand kind, @Nullable Command command, Route route) {
        boolean malformed = route instanceof Route.Reject && route != Refusals.CROSSSLOT;
        if (malformed && kind == TransactionCommand.EXEC) {
            return new TransactionMove.Abort(((Route.Reject) route).error());
        }
        if (!malformed && kind != TransactionCommand.OTHER) {
            return switch (kind) {
                case MULTI -> NESTED;
                case WATCH -> WATCH_INSIDE;
                case EXEC -> new TransactionMove.Exec();
                case DISCARD -> new TransactionMove.Discard();
                case UNWATCH, OTHER -> new TransactionMove.Queue(ANY_SLOT, route);
            };
        }
        if (command != null && command.has(CommandFlag.NO_MULTI)) {
            return NO_MULTI;
        }
        return queued(slot, command, route);
    }

    private static TransactionMove queued(int slot, @Nullable Command command, Route route) {
        if (route instanceof Route.ToSlot to) {
            return inSlot(slot, to.slot(), route);
        }
        if (route instanceof Route.Publish publish && publish.slot() != Route.Publish.HOME) {
            return inSlot(slot, publish.slot(), route);
        }
        if (route instanceof Route.Blocking blocking) {
            return inSlot(slot, blocking.slot(), route);
        }
        if (route instanceof Route.Eval eval && eval.slot() != Route.ANY_SLOT) {
            return inSlot(slot, eval.slot(), route);
        }
        if (route instanceof Route.EvalSha eval && eval.slot() != Route.ANY_SLOT) {
            return inSlot(slot, eval.slot(), route);
        }
        if (route instanceof Route.ToAnyNode
                || route == Route.Publish.AT_HOME
                || route instanceof Route.Wait
                || (route instanceof Route.Local local && QUEUED.contains(local.command()))
                || route instanceof Route.Info
                || route instanceof Route.FanOut
                || route instanceof Route.Eval
                || route instanceof Route.EvalSha
                || route instanceof Route.Script
                || route instanceof Route.OneNode
                || route == Refusals.CLUSTER_DISABLED) {
            return new TransactionMove.Queue(ANY_SLOT, route);
        }
        if (route instanceof Route.Reject reject) {
            return new TransactionMove.Spoil(reject.error());
        }
        return route instanceof Route.Split
                ? crossSlot()
                : new TransactionMove.Spoil("ERR slotless: '" + (command == null ? "" : command.name())
                        + "' is not supported inside a transaction while the destination is in CLUSTER mode");
    }

    private static TransactionMove inSlot(int slot, int keys, Route route) {
        return slot == ANY_SLOT || slot == keys ? new TransactionMove.Queue(keys, route) : crossSlot();
    }

    private static TransactionMove crossSlot() {
        return new TransactionMove.Spoil(Refusals.CROSSSLOT.error());
    }

    private static TransactionMove watching(int slot, TransactionCommand kind, Route route) {
        if (route instanceof Route.BindTransaction) {
            return new TransactionMove.Begin();
        }
        if (route instanceof Route.Watch watch) {
            return watch.slot() == slot || slot == ANY_SLOT
                    ? new TransactionMove.Watch(watch.slot())
                    : new TransactionMove.Refuse(Refusals.CROSSSLOT.error());
        }
        if (kind == TransactionCommand.UNWATCH && !(route instanceof Route.Reject)) {
            return new TransactionMove.Unwatch();
        }
        boolean watched = route instanceof Route.ToSlot to && to.slot() == slot
                || route instanceof Route.Eval eval && eval.slot() == slot
                || route instanceof Route.EvalSha eval && eval.slot() == slot;
        return watched && slot != ANY_SLOT ? new TransactionMove.Beside(route) : new TransactionMove.Outside(route);
    }
}
