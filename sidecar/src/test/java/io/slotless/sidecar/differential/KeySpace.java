package io.slotless.sidecar.differential;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The keys that are there when a case begins: of each type, once for each shard, all of a shard in one slot. */
final class KeySpace {

    /** Hash tags whose slots lie in the first, second and third shard of a cluster of three. */
    static final List<String> TAGS = List.of("b", "c", "a");

    private static final Map<String, List<String>> KEYS_OF_GROUP = Map.of(
            "string", List.of("str", "num", "float", "exp"),
            "bitmap", List.of("str", "bits"),
            "list", List.of("list", "list2"),
            "set", List.of("set", "set2"),
            "hash", List.of("hash"),
            "sorted-set", List.of("zset", "zset2"),
            "geo", List.of("geo"),
            "stream", List.of("stream"),
            "hyperloglog", List.of("hll", "hll2"));

    /** One for each type and spelling of a value. */
    static final List<String> NAMES = List.of(
            "str", "num", "float", "exp", "bits", "list", "list2", "set", "set2", "hash", "zset", "zset2", "geo",
            "stream", "hll", "hll2");

    private static final String FILLING = """
            SET {}str "Hello, \\xe4 world\\r\\n"
            SET {}num 42
            SET {}float 3.25
            SET {}exp later EXAT 4102444800
            SETBIT {}bits 77 1
            RPUSH {}list a b c a 1 ""
            RPUSH {}list2 3 1 2
            SADD {}set 1 2 3 5
            SADD {}set2 a 2 b
            HSET {}hash a Hello b 10 c 1.5 "" empty
            ZADD {}zset 1 a 2.5 b 2.5 c +inf d
            ZADD {}zset2 0 a 0 b 0 c
            GEOADD {}geo 13.361389 38.115556 a 15.087269 37.502669 b
            XADD {}stream 1-1 a 1
            XADD {}stream 2-1 a 2 b 3
            XADD {}stream 3-5 c ""
            XGROUP CREATE {}stream g 0
            XREADGROUP GROUP g alice COUNT 2 STREAMS {}stream >
            PFADD {}hll a b c
            PFADD {}hll2 c d
            """;

    private KeySpace() {}

    /** A key that a command is made for. */
    static String fitting(String tag, String group, RandomGenerator random) {
        List<String> names = KEYS_OF_GROUP.getOrDefault(group, NAMES);
        return key(tag, names.get(random.nextInt(names.size())));
    }

    /** Any key, or one that is not there. */
    static String any(String tag, RandomGenerator random) {
        int index = random.nextInt(NAMES.size() + 1);
        return key(tag, index == NAMES.size() ? "none" : NAMES.get(index));
    }

    static String key(String tag, String name) {
        return "{" + tag + "}" + name;
    }

    /** All keys that are there, and the one that is not. */
    static List<String> keys(String tag) {
        return Stream.concat(NAMES.stream(), Stream.of("none"))
                .map(name -> key(tag, name))
                .toList();
    }

    /** The commands that make the keys of one shard. */
    static List<CommandLine> filling(String tag) {
        return FILLING.lines()
                .map(line -> CommandLine.parse(line.replace("{}", "{" + tag + "}")))
                .toList();
    }
}
