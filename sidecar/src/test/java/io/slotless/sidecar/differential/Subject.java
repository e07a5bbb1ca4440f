package io.slotless.sidecar.differential;

import static io.slotless.sidecar.differential.Argument.field;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of the table, with what the plain server tells of it.
 *
 * @param group Redis's name for the family, such as {@code sorted-set}; {@code newer} if the plain server does not know it
 * @param arguments what follows the name
 */
record Subject(Command command, String group, List<Argument> arguments) {

    /** As in the table, {@code xinfo|stream}. */
    String name() {
        return command.name();
    }

    /** The command, and its subcommand if it has one. */
    List<String> words() {
        return List.of(name().split("\\|"));
    }

    boolean isNewer() {
        return group.equals("newer");
    }

    boolean hasKeys() {
        return !command.keySpecs().isEmpty();
    }

    /** All commands of the table. */
    static List<Subject> all(Wire plain) {
        Map<String, Reply> docs = new HashMap<>();
        collect(plain.call(CommandLine.of("COMMAND", "DOCS")), docs);
        return CommandTable.builtIn().commands().stream()
                .sorted(Comparator.comparing(Command::name))
                .map(command -> of(command, docs.get(command.name())))
                .toList();
    }

    private static Subject of(Command command, Reply doc) {
        return doc == null
                ? new Subject(command, "newer", List.of())
                : new Subject(command, field(doc, "group").text(), Argument.listOf(field(doc, "arguments")));
    }

    private static void collect(Reply map, Map<String, Reply> docs) {
        for (int i = 0; i + 1 < map.elements().size(); i += 2) {
            Reply doc = map.elements().get(i + 1);
            docs.put(map.elements().get(i).text(), doc);
            collect(field(doc, "subcommands"), docs);
        }
    }
}
