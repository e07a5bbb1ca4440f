package io.slotless.it.differential;

import static io.slotless.it.differential.Argument.field;

import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that names keys, as the server itself describes it.
 *
 * @param words the command, and its subcommand if it has one
 * @param group Redis's name for the family: {@code string}, {@code sorted-set}, …
 * @param arguments what follows
 */
record KeyedCommand(List<String> words, String group, List<Argument> arguments) {

    private static final int NAME = 0;
    private static final int KEY_SPECS = 8;
    private static final int SUBCOMMANDS = 9;

    /** {@code xinfo stream}. */
    String name() {
        return String.join(" ", words);
    }

    /** Every command of this server whose keys COMMAND tells of. */
    static List<KeyedCommand> all(PlainRedisClient server) {
        Map<String, Reply> docs = new HashMap<>();
        collectDocs(server.demand("COMMAND", "DOCS"), docs);
        List<KeyedCommand> commands = new ArrayList<>();
        collect(server.demand("COMMAND"), docs, commands);
        return commands.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    private static void collect(Reply list, Map<String, Reply> docs, List<KeyedCommand> commands) {
        for (Reply command : list.elements()) {
            String name = command.elements().get(NAME).text();
            if (!command.elements().get(KEY_SPECS).elements().isEmpty()) {
                Reply doc = docs.get(name);
                commands.add(new KeyedCommand(
                        List.of(name.split("\\|")),
                        field(doc, "group").text(),
                        Argument.listOf(field(doc, "arguments"))));
            }
            collect(command.elements().get(SUBCOMMANDS), docs, commands);
        }
    }

    private static void collectDocs(Reply map, Map<String, Reply> docs) {
        for (int i = 0; i + 1 < map.elements().size(); i += 2) {
            Reply doc = map.elements().get(i + 1);
            docs.put(map.elements().get(i).text(), doc);
            collectDocs(field(doc, "subcommands"), docs);
        }
    }
}
