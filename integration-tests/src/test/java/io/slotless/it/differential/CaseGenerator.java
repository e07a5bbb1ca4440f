package io.slotless.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes calls of a command out of its argument tree: mostly right, some wrong in type, value or number of arguments. */
final class CaseGenerator {

    private static final String[] WRONG = {"", "abc", "-1", "99999999999999999999", "\u0000\r\n"};

    private final KeyedCommand command;
    private final KeySpace keys;
    private final Random random;

    /** How often whatever may be repeated is repeated: the same all over a call, for numkeys, WEIGHTS and STREAMS. */
    private final int repetitions;

    private CaseGenerator(KeyedCommand command, KeySpace keys, Random random) {
        this.command = command;
        this.keys = keys;
        this.random = random;
        this.repetitions = 1 + random.nextInt(2);
    }

    /**
     * One call.
     *
     * @param number the same number makes the same call
     */
    static List<String> generate(KeyedCommand command, KeySpace keys, int number) {
        Random random = new Random(31L * command.name().hashCode() + number);
        return new CaseGenerator(command, keys, random).call(number);
    }

    private List<String> call(int number) {
        List<String> call = new ArrayList<>(command.words());
        int fixed = call.size();
        command.arguments().forEach(argument -> append(argument, call));
        if (call.size() == fixed) {
            return call;
        }
        switch (number % 8) {
            case 5 -> spoil(call, fixed);
            case 6 ->
                call.subList(fixed + random.nextInt(call.size() - fixed), call.size())
                        .clear();
            case 7 -> call.add("{" + keys.tag() + "}surplus");
            default -> {}
        }
        return call;
    }

    /** One argument becomes nonsense. Keys stay: they decide the slot. */
    private void spoil(List<String> call, int fixed) {
        int index = fixed + random.nextInt(call.size() - fixed);
        if (!call.get(index).startsWith("{")) {
            call.set(index, WRONG[random.nextInt(WRONG.length)]);
        }
    }

    private void append(Argument argument, List<String> call) {
        // The keys after numkeys are marked optional, for numkeys may be 0. Ours is not.
        if (argument.optional() && !argument.type().equals("key") && random.nextInt(3) != 0) {
            return;
        }
        int times = argument.multiple() ? repetitions : 1;
        for (int i = 0; i < times; i++) {
            if (!argument.token().isEmpty() && (i == 0 || argument.multipleToken())) {
                call.add(argument.token());
            }
            switch (argument.type()) {
                case "pure-token" -> {}
                case "key" -> call.add(keys.pick(command.group(), random));
                case "oneof" ->
                    append(
                            argument.children()
                                    .get(random.nextInt(argument.children().size())),
                            call);
                case "block" -> argument.children().forEach(child -> append(child, call));
                default -> call.add(value(argument));
            }
        }
    }

    private String value(Argument argument) {
        return switch (argument.name()) {
            case "numkeys" -> Integer.toString(repetitions);
            case "timeout" -> one("0.01", "0.02");
            case "milliseconds" -> "BLOCK".equals(argument.token()) ? one("1", "10") : one("1000000000", "0", "-1");
            case "seconds" -> one("1000000", "0", "-1");
            case "ttl" -> one("0", "100000000");
            case "unix-time-seconds" -> one("4102444800", "1");
            case "unix-time-milliseconds" -> one("4102444800000", "1");
            case "cursor" -> "0";
            case "longitude" -> one("13.5", "15.08", "181");
            case "latitude" -> one("37.5", "38.11", "-86");
            case "radius", "width", "height" -> one("200", "0", "10000.5");
            case "min", "max" ->
                "double".equals(argument.type())
                        ? one("-inf", "+inf", "1", "(2.5", "0")
                        : one("-", "+", "[a", "(c", "-inf", "1");
            case "start", "stop", "end" ->
                "string".equals(argument.type())
                        ? one("-", "+", "2", "2-1", "(1-1", "0", "-1", "[b")
                        : one("0", "1", "-1", "-100", "100");
            case "id", "last-id", "max_deleted_entry_id" -> one("0", "1-1", "2-1", "9-9", "$", ">", "0-0");
            case "group", "groupname" -> one("g", "g", "g", "other");
            case "consumer", "consumername" -> one("alice", "bob");
            case "min-idle-time", "ms" -> "0";
            case "encoding" -> one("u8", "i5", "u63", "i64", "u64");
            case "operation" -> one("AND", "OR", "XOR", "NOT", "and");
            case "offset" -> one("0", "1", "7", "100");
            case "bit" -> one("0", "1");
            case "db", "destination-db" -> "0";
            case "pattern" -> one("*", "a*", "?", "[bc]");
            case "script" ->
                one(
                        "return redis.call('type',KEYS[1])",
                        "return {KEYS[1],ARGV[1],1,{2,'x'},false}",
                        "return redis.error_reply('OOPS it went wrong')",
                        "return redis.call('get',KEYS[1])",
                        "redis.setresp(3); return {double=1.5,map={x=1}}",
                        "not lua");
            case "sha1" -> "ffffffffffffffffffffffffffffffffffffffff";
            case "threshold" -> one("0", "1", "2-1");
            case "serialized-value" -> one("", "no payload");
            case "subcommand" -> one("encoding", "getreg", "decode", "todense");
            case "shardchannel" -> "{" + keys.tag() + "}channel";
            case "score" -> one("1", "-2.5", "inf", "1e300", "0.1");
            case "increment", "decrement" -> one("1", "-7", "9223372036854775807", "0.5");
            case "count", "num-matches", "len", "limit", "rank", "index", "weight" -> one("0", "1", "2", "-1", "100");
            default -> one("a", "b", "1", "17", "", "\u00fc\r\n", "c");
        };
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }
}
