package io.slotless.sidecar.command;

import io.slotless.sidecar.resp.CommandFrame;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All commands that are known. Immutable; finding one makes no garbage. */
public final class CommandTable {

    private final CommandNames names;

    private CommandTable(Collection<Command> containersAndPlain) {
        this.names = CommandNames.of(containersAndPlain);
    }

    /** The commands of the versions of Redis and Valkey that we know; a server's own reply to COMMAND extends it. */
    public static CommandTable builtIn() {
        return BuiltIn.TABLE;
    }

    /** @param commands containers with their subcommands, and plain commands */
    static CommandTable of(Collection<Command> commands) {
        return new CommandTable(commands);
    }

    /**
     * The command of a frame; of a container the subcommand, or the container itself if nothing follows it.
     *
     * @return null if it is unknown; {@link #findFirstWord} tells an unknown subcommand from an unknown command
     */
    public @Nullable Command find(CommandFrame frame) {
        Command command = findFirstWord(frame);
        if (command == null || !command.hasSubcommands() || frame.argumentCount() == 1) {
            return command;
        }
        return command.subcommandNames().find(frame.buffer(), frame.argumentOffset(1), frame.argumentLength(1));
    }

    /** The command or container that the first word of the frame names. */
    public @Nullable Command findFirstWord(CommandFrame frame) {
        return names.find(frame.buffer(), frame.argumentOffset(0), frame.argumentLength(0));
    }

    /**
     * A command by its name; null if it is unknown.
     *
     * @param name in whatever case, of a subcommand as {@code config|get}
     */
    public @Nullable Command find(String name) {
        int bar = name.indexOf('|');
        Command command = names.find(bar < 0 ? name : name.substring(0, bar));
        return command == null || bar < 0 ? command : command.subcommand(name.substring(bar + 1));
    }

    /** All commands, containers and subcommands, in the order of their names. */
    public Collection<Command> commands() {
        return names.commands().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()))
                .toList();
    }

    /**
     * This table with other commands, which count more where both know one; subcommands are taken together. What is equal is
     * kept: servers of one version share their commands, and this table if they say nothing new.
     */
    public CommandTable extendedBy(Collection<Command> others) {
        List<Command> all = merged(names.commands(), others);
        return same(all, names.commands()) ? this : new CommandTable(all);
    }

    private static List<Command> merged(Collection<Command> old, Collection<Command> others) {
        Map<String, Command> all = new LinkedHashMap<>();
        old.forEach(command -> all.put(command.name(), command));
        others.forEach(command -> all.merge(command.name(), command, CommandTable::merged));
        return List.copyOf(all.values());
    }

    private static Command merged(Command old, Command replacement) {
        Command merged = replacement.withSubcommands(merged(old.subcommands(), replacement.subcommands()));
        return merged.equals(old) ? old : merged;
    }

    private static boolean same(List<Command> some, List<Command> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> some.get(i) == others.get(i));
    }

    /** Read when first asked for. */
    private static final class BuiltIn {
        static final CommandTable TABLE = CommandFile.read("commands-newer.txt")
                .extendedBy(CommandFile.read("commands-redis-7.0.txt", "commands-newer.txt")
                        .names
                        .commands());
    }
}
