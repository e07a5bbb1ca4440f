package io.slotless.sidecar.differential;

import java.util.List;
import java.util.stream.Stream;

/**
 * One node of a command's argument tree, as COMMAND DOCS tells it.
 *
 * @param name lower case, such as {@code numkeys}
 * @param type {@code key}, {@code integer}, {@code pure-token}, {@code oneof}, {@code block}, …
 * @param token the word that introduces the value; empty for none
 * @param flags {@code optional}, {@code multiple}, {@code multiple_token}
 * @param children of {@code oneof} and {@code block}
 */
record Argument(String name, String type, String token, List<String> flags, List<Argument> children) {

    static List<Argument> listOf(Reply arguments) {
        return arguments.elements().stream().map(Argument::of).toList();
    }

    private static Argument of(Reply map) {
        return new Argument(
                field(map, "name").text(),
                field(map, "type").text(),
                field(map, "token").text(),
                field(map, "flags").elements().stream().map(Reply::text).toList(),
                listOf(field(map, "arguments")));
    }

    /** The value of a key in a map; an empty reply when it is not there. */
    static Reply field(Reply map, String key) {
        for (int i = 0; i + 1 < map.elements().size(); i += 2) {
            if (map.elements().get(i).text().equals(key)) {
                return map.elements().get(i + 1);
            }
        }
        return new Reply('_', "", List.of(), "");
    }

    boolean isOptional() {
        return flags.contains("optional");
    }

    boolean isMultiple() {
        return flags.contains("multiple");
    }

    boolean repeatsToken() {
        return flags.contains("multiple_token");
    }

    /** This one and all below it. */
    Stream<Argument> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Argument::all));
    }
}
