package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandErrors;
import io.slotless.sidecar.command.CommandFlag;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes for one server that owns everything. Plain commands share pipelined connections; what binds a connection
 * moves its client to a private one; a command we do not know might do so, and is treated alike.
 */
public final class ProxyRouter implements Router {

    private static final Route ONLY_NODE = Route.ToSlot.of(0);
    private static final Route BLOCKING = new Route.Blocking(0);

    private static final Set<String> TRANSACTIONS = Set.of("multi", "watch");

    /** Commands that change what their connection gets or is, for longer than their own reply. */
    private static final Set<String> BINDING =
            Set.of("asking", "monitor", "psync", "readonly", "readwrite", "replconf", "sync");

    /** Of these, those whose reply is more than RESP. */
    private static final Set<String> RAW = Set.of("psync", "sync");

    private final CommandTable table;
    private final Presentation presentation;
    private final Handlings<Route> handlings;
    private @Nullable Command last;

    public ProxyRouter(CommandTable table, Presentation presentation) {
        this.table = table;
        this.presentation = presentation;
        this.handlings = new Handlings<>(table, command -> classify(command, presentation));
    }

    @Override
    public @Nullable Command last() {
        return last;
    }

    @Override
    public CommandTable table() {
        return table;
    }

    @Override
    public Route route(CommandFrame frame) {
        Command command = table.find(frame);
        last = command;
        if (command == null) {
            return unknown(frame);
        }
        if (!command.arityFits(frame.argumentCount())) {
            // The server says what is wrong with it; nothing happens there.
            return ONLY_NODE;
        }
        Route fixed = handlings.of(command);
        if (fixed == BLOCKING && !BlockingCommands.blocks(command, frame)) {
            return ONLY_NODE;
        }
        return fixed;
    }

    private Route unknown(CommandFrame frame) {
        Command container = table.findFirstWord(frame);
        return container != null && presentation.isAboutCluster(container)
                ? new Route.Reject(CommandErrors.unknown(table, frame))
                : Route.BindIfDone.ROUTE;
    }

    private static Route classify(Command command, Presentation presentation) {
        Route presented = presentation.route(command);
        if (presented != null) {
            return presented;
        }
        if (presentation.asksForKeysInSlot(command)) {
            return Refusals.NO_SLOTS;
        }
        if (presentation == Presentation.CLUSTER && command.name().equals("info")) {
            return Route.Info.ROUTE;
        }
        return classify(command);
    }

    /** The route of a command, whatever its arguments. */
    static Route classify(Command command) {
        LocalCommand local = LocalCommand.named(command.name());
        if (local != null && local != LocalCommand.PING && local != LocalCommand.ECHO) {
            return new Route.Local(local);
        }
        if (TRANSACTIONS.contains(command.name())) {
            return Route.BindTransaction.ROUTE;
        }
        if (ClusterHandling.SUBSCRIPTIONS.contains(command.name())) {
            return Route.Subscribe.ROUTE;
        }
        if (command.name().equals("publish") || command.name().equals("spublish")) {
            return Route.Publish.AT_HOME;
        }
        if (BINDING.contains(command.name())) {
            return RAW.contains(command.name()) ? Route.BindForever.ROUTE : Route.BindIfDone.ROUTE;
        }
        if (ClusterHandling.WAITING.contains(command.name())) {
            return new Route.Wait(Merges.MIN);
        }
        // Behind what is paused on a shared connection, nothing would be told to go on.
        return command.has(CommandFlag.BLOCKING) || command.name().equals("client|unpause") ? BLOCKING : ONLY_NODE;
    }
}
