package io.slotless.sidecar.differential;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One exception from byte equality.
 *
 * @param command found in the command, as redis-cli shows it, whatever the case
 * @param reply found in the reply through the proxy; of no meaning where replies are only compared otherwise
 * @param without left out of the texts of both replies before they are compared
 * @param comparison how replies are compared
 * @param data how the keys are compared afterwards
 * @param askOracle false: the command must not be sent to the plain server
 * @param because the reason
 */
record Rule(
        Section section,
        Pattern command,
        Pattern reply,
        Pattern without,
        Comparison comparison,
        Data data,
        boolean askOracle,
        String because) {

    enum Section {
        /** What follows the clock, chance or the order of a hash table. */
        COMPARED_OTHERWISE("compared otherwise"),
        DIFFERS("differs by design"),
        REFUSED("refused by design"),
        KNOWN("known, to be mended");

        final String title;

        Section(String title) {
            this.title = title;
        }

        static Section titled(String title) {
            for (Section section : values()) {
                if (section.title.equals(title)) {
                    return section;
                }
            }
            throw new IllegalStateException("no such section: " + title);
        }
    }

    enum Data {
        /** As on the plain server. */
        SAME,
        /** As many keys as there, of the same types. */
        TYPES,
        /** As before the command. */
        UNCHANGED,
        /** Not compared. */
        ANY
    }

    static Rule of(Section section, Map<String, String> fields) {
        boolean other = section == Section.COMPARED_OTHERWISE;
        return new Rule(
                section,
                Pattern.compile(required(fields, "command"), Pattern.CASE_INSENSITIVE),
                Pattern.compile(other ? "" : required(fields, "reply")),
                Pattern.compile(fields.getOrDefault("without", "(?!)")),
                Comparison.valueOf(fields.getOrDefault("compare", "exact").toUpperCase(Locale.ROOT)),
                Data.valueOf(fields.getOrDefault("data", other ? "same" : "unchanged")
                        .toUpperCase(Locale.ROOT)),
                !fields.getOrDefault("oracle", "").equals("not asked"),
                required(fields, "because"));
    }

    boolean isAbout(CommandLine line) {
        return command.matcher(line.toString()).find();
    }

    boolean findsEqual(Reply one, Reply other) {
        return comparison.same(one.without(without), other.without(without));
    }

    boolean allows(Reply actual) {
        return reply.matcher(actual.toString()).find();
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("an exception without '" + name + "': " + fields);
        }
        return value;
    }
}
