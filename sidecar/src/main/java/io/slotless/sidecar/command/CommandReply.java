package io.slotless.sidecar.command;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.NullValue;
import io.slotless.sidecar.resp.RespValue.SetValue;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reply to <a href="https://redis.io/docs/latest/commands/command/">COMMAND</a>, RESP2 or RESP3. */
public final class CommandReply {

    /** Name, arity, flags, first key, last key, step: all that servers before Redis 7 tell, but for ACL categories. */
    private static final int FIELDS_WITHOUT_KEY_SPECS = 6;

    private static final int FIELDS = 10;

    private CommandReply() {}

    /**
     * A server's own commands: containers with their subcommands, and plain commands.
     *
     * @throws RespException if the reply has another form
     */
    public static List<Command> commands(RespValue reply) {
        List<Command> commands = new ArrayList<>();
        for (RespValue row : elements(reply)) {
            if (!(row instanceof NullValue)) {
                commands.add(command(elements(row)));
            }
        }
        return commands;
    }

    /**
     * The table with what the server says of itself. A server older than Redis 7 tells less than we know: it only adds what we
     * do not know at all.
     */
    public static CommandTable extend(CommandTable table, RespValue reply) {
        boolean tellsAll = elements(reply).stream()
                .allMatch(row -> row instanceof NullValue || elements(row).size() >= FIELDS);
        return table.extendedBy(commands(reply).stream()
                .filter(command -> tellsAll || table.find(command.name()) == null)
                .toList());
    }

    private static Command command(List<RespValue> row) {
        if (row.size() < FIELDS_WITHOUT_KEY_SPECS) {
            throw new RespException("not a command: " + row);
        }
        return new Command(
                text(row.get(0)).toLowerCase(Locale.ROOT),
                number(row.get(1)),
                null,
                texts(row.get(2)).stream()
                        .map(CommandFlag::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                row.size() > 6 ? categories(row.get(6)) : List.of(),
                row.size() > 7 ? texts(row.get(7)) : List.of(),
                row.size() > 8 ? keySpecs(row.get(8)) : positions(row),
                row.size() > 9 ? commands(row.get(9)) : List.of());
    }

    private static List<String> categories(RespValue value) {
        return texts(value).stream()
                .map(category -> category.startsWith("@") ? category.substring(1) : category)
                .toList();
    }

    private static List<KeySpec> positions(List<RespValue> row) {
        int first = number(row.get(3));
        if (texts(row.get(2)).contains(CommandFlag.MOVABLEKEYS.redisName())) {
            return List.of(new KeySpec(List.of(), new BeginSearch.Unknown(), new FindKeys.Unknown()));
        }
        return first == 0 ? List.of() : List.of(KeySpec.positions(first, number(row.get(4)), number(row.get(5))));
    }

    private static List<KeySpec> keySpecs(RespValue value) {
        return elements(value).stream().map(CommandReply::keySpec).toList();
    }

    private static KeySpec keySpec(RespValue value) {
        Map<String, RespValue> fields = fields(value);
        Map<String, RespValue> begin = fields(field(fields, "begin_search"));
        Map<String, RespValue> find = fields(field(fields, "find_keys"));
        return new KeySpec(
                texts(field(fields, "flags")),
                beginSearch(text(field(begin, "type")), fields(field(begin, "spec"))),
                findKeys(text(field(find, "type")), fields(field(find, "spec"))));
    }

    private static BeginSearch beginSearch(String type, Map<String, RespValue> spec) {
        return switch (type) {
            case "index" -> new BeginSearch.Index(number(field(spec, "index")));
            case "keyword" ->
                new BeginSearch.Keyword(
                        AsciiString.of(text(field(spec, "keyword"))).toLowerCase(), number(field(spec, "startfrom")));
            default -> new BeginSearch.Unknown();
        };
    }

    private static FindKeys findKeys(String type, Map<String, RespValue> spec) {
        return switch (type) {
            case "range" ->
                new FindKeys.Range(number(field(spec, "lastkey")), step(spec), number(field(spec, "limit")));
            case "keynum" ->
                new FindKeys.KeyNum(
                        number(field(spec, "keynumidx")),
                        number(field(spec, "firstkey")),
                        number(field(spec, "keystep")));
            default -> new FindKeys.Unknown();
        };
    }

    /** Of a single key a module may well say 0. */
    private static int step(Map<String, RespValue> spec) {
        return Math.max(1, number(field(spec, "keystep")));
    }

    /** A map, which RESP2 writes as a flat array. */
    private static Map<String, RespValue> fields(RespValue value) {
        Map<String, RespValue> fields = new HashMap<>();
        if (value instanceof MapValue map) {
            map.entries().forEach(entry -> fields.put(text(entry.getKey()), entry.getValue()));
            return fields;
        }
        List<RespValue> flat = elements(value);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), flat.get(i + 1));
        }
        return fields;
    }

    private static RespValue field(Map<String, RespValue> fields, String name) {
        return Objects.requireNonNullElse(fields.get(name), NullValue.BULK_STRING);
    }

    private static List<String> texts(RespValue value) {
        return elements(value).stream().map(CommandReply::text).toList();
    }

    private static List<RespValue> elements(RespValue value) {
        if (value instanceof ArrayValue array) {
            return array.elements();
        }
        if (value instanceof SetValue set) {
            return set.elements();
        }
        throw new RespException("not a list: " + value);
    }

    private static String text(RespValue value) {
        if (value instanceof BulkString bulk) {
            return bulk.text();
        }
        if (value instanceof SimpleString simple) {
            return simple.text();
        }
        throw new RespException("not a text: " + value);
    }

    private static int number(RespValue value) {
        if (value instanceof IntegerValue integer && integer.value() == (int) integer.value()) {
            return (int) integer.value();
        }
        throw new RespException("not a number: " + value);
    }
}
