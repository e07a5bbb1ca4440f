package io.slotless.it.differential;

import io.slotless.fixture.resp.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of a command's argument tree, as COMMAND DOCS tells it.
 *
 * @param name lower case, such as {@code numkeys}
 * @param type {@code key}, {@code integer}, {@code pure-token}, {@code oneof}, {@code block}, …
 * @param token the word that introduces the value; empty for none
 * @param optional may be left out
 * @param multiple may be repeated
 * @param multipleToken the token is repeated with the value
 * @param children of {@code oneof} and {@code block}
 */
record Argument(
        String name,
        String type,
        String token,
        boolean optional,
        boolean multiple,
        boolean multipleToken,
        List<Argument> children) {

    static List<Argument> listOf(Reply arguments) {
        return arguments.elements().stream().map(Argument::of).toList();
    }

    private static Argument of(Reply map) {
        List<String> flags = new ArrayList<>();
        field(map, "flags").elements().forEach(flag -> flags.add(flag.text()));
        return new Argument(
                field(map, "name").text(),
                field(map, "type").text(),
                field(map, "token").text(),
                flags.contains("optional"),
                flags.contains("multiple"),
                flags.contains("multiple_token"),
                listOf(field(map, "arguments")));
    }

    /** The value of a key in a map reply (RESP2: keys and values alternate); an empty reply when it is not there. */
    static Reply field(Reply map, String key) {
        for (int i = 0; i + 1 < map.elements().size(); i += 2) {
            if (map.elements().get(i).text().equals(key)) {
                return map.elements().get(i + 1);
            }
        }
        return new Reply(new byte[0], '_', null, List.of());
    }
}
