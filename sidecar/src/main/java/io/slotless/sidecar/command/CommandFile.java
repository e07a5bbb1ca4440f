package io.slotless.sidecar.command;

import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands as text, one per line: {@code name arity [since=…] [flags=…] [acl=…] [tips=…] [key=flags:begin_search:find_keys]…}, a container
 * before its subcommands. Empty lines and lines that begin with # are skipped.
 */
final class CommandFile {

    private CommandFile() {}

    /**
     * The table of all these files; a command that is in several is taken from the last.
     *
     * @param resources beside this class
     */
    static CommandTable read(String... resources) {
        return CommandTable.of(
                parse(Stream.of(resources).flatMap(CommandFile::lines).toList()));
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = CommandFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Command> parse(List<String> lines) {
        Map<String, Command> plain = new LinkedHashMap<>();
        Map<String, List<Command>> subcommands = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Command command = parse(line);
                int bar = command.name().indexOf('|');
                if (bar < 0) {
                    plain.put(command.name(), command);
                } else {
                    subcommands
                            .computeIfAbsent(command.name().substring(0, bar), name -> new ArrayList<>())
                            .add(command);
                }
            }
        }
        subcommands.forEach((container, list) ->
                plain.computeIfPresent(container, (name, command) -> command.withSubcommands(list)));
        return List.copyOf(plain.values());
    }

    static List<String> format(Collection<Command> commands) {
        return commands.stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()))
                .map(CommandFile::format)
                .toList();
    }

    private static String format(Command command) {
        StringBuilder line = new StringBuilder(command.name()).append(' ').append(command.arity());
        append(line, "since", command.since() == null ? List.of() : List.of(command.since()));
        append(
                line,
                "flags",
                command.flags().stream().map(CommandFlag::redisName).sorted().toList());
        append(line, "acl", command.aclCategories());
        append(line, "tips", command.tips());
        for (KeySpec spec : command.keySpecs()) {
            line.append(" key=")
                    .append(String.join(",", spec.flags()))
                    .append(':')
                    .append(format(spec.beginSearch()))
                    .append(':')
                    .append(format(spec.findKeys()));
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String field, List<String> values) {
        if (!values.isEmpty()) {
            line.append(' ').append(field).append('=').append(String.join(",", values));
        }
    }

    private static String format(BeginSearch begin) {
        if (begin instanceof BeginSearch.Index index) {
            return "index(" + index.index() + ")";
        }
        if (begin instanceof BeginSearch.Keyword keyword) {
            return "keyword(" + keyword.keyword().toString().toUpperCase(Locale.ROOT) + "," + keyword.startFrom() + ")";
        }
        return "unknown()";
    }

    private static String format(FindKeys find) {
        if (find instanceof FindKeys.Range range) {
            return "range(" + range.lastKey() + "," + range.keyStep() + "," + range.limit() + ")";
        }
        if (find instanceof FindKeys.KeyNum keyNum) {
            return "keynum(" + keyNum.keyNumIndex() + "," + keyNum.firstKey() + "," + keyNum.keyStep() + ")";
        }
        return "unknown()";
    }

    private static Command parse(String line) {
        String[] words = line.split(" ");
        List<KeySpec> keySpecs = Stream.of(words)
                .filter(word -> word.startsWith("key="))
                .map(word -> keySpec(word.substring("key=".length())))
                .toList();
        return new Command(
                words[0],
                Integer.parseInt(words[1]),
                list(words, "since=").stream().findFirst().orElse(null),
                list(words, "flags=").stream()
                        .map(CommandFlag::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                list(words, "acl="),
                list(words, "tips="),
                keySpecs,
                List.of());
    }

    private static List<String> list(String[] words, String field) {
        return Stream.of(words)
                .filter(word -> word.startsWith(field))
                .flatMap(word -> Stream.of(word.substring(field.length()).split(",")))
                .toList();
    }

    private static KeySpec keySpec(String text) {
        String[] parts = text.split(":", 3);
        List<String> flags = parts[0].isEmpty() ? List.of() : List.of(parts[0].split(","));
        return new KeySpec(flags, beginSearch(parts[1]), findKeys(parts[2]));
    }

    private static BeginSearch beginSearch(String text) {
        String[] in = inBrackets(text);
        return switch (text.substring(0, text.indexOf('('))) {
            case "index" -> new BeginSearch.Index(Integer.parseInt(in[0]));
            case "keyword" -> new BeginSearch.Keyword(AsciiString.of(in[0]).toLowerCase(), Integer.parseInt(in[1]));
            default -> new BeginSearch.Unknown();
        };
    }

    private static FindKeys findKeys(String text) {
        String[] in = inBrackets(text);
        return switch (text.substring(0, text.indexOf('('))) {
            case "range" ->
                new FindKeys.Range(Integer.parseInt(in[0]), Integer.parseInt(in[1]), Integer.parseInt(in[2]));
            case "keynum" ->
                new FindKeys.KeyNum(Integer.parseInt(in[0]), Integer.parseInt(in[1]), Integer.parseInt(in[2]));
            default -> new FindKeys.Unknown();
        };
    }

    private static String[] inBrackets(String text) {
        return text.substring(text.indexOf('(') + 1, text.indexOf(')')).split(",");
    }
}
