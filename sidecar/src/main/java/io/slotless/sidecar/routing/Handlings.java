package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import java.util.IdentityHashMap;
import java.util.function.Function;

/** What is decided once for each command of a table, so that a command on its way costs one look-up. */
final class Handlings<H> {

    private final IdentityHashMap<Command, H> handlings = new IdentityHashMap<>();
    private final Function<Command, H> classify;

    Handlings(CommandTable table, Function<Command, H> classify) {
        this.classify = classify;
        table.commands().forEach(command -> handlings.put(command, classify.apply(command)));
    }

    H of(Command command) {
        // All of the table are there, subcommands included; one from elsewhere is classified when it is met.
        return handlings.computeIfAbsent(command, classify);
    }
}
