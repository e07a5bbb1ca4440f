package io.slotless.it.differential;

import io.slotless.fixture.resp.PlainRedisClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The keys that generated commands name: one or two of each type and one that does not exist, all with one hash tag, so
 * that every command stays within one slot.
 *
 * @param tag decides the slot
 */
record KeySpace(String tag) {

    private static final String FAR_FUTURE_SECONDS = "4102444800";

    private static final Map<String, List<String>> KEYS_OF_GROUP = Map.of(
            "string", List.of("str", "num", "float", "exp"),
            "bitmap", List.of("str", "bits"),
            "list", List.of("list", "list2"),
            "set", List.of("set", "set2"),
            "hash", List.of("hash"),
            "sorted-set", List.of("zset", "zset2"),
            "geo", List.of("geo"),
            "stream", List.of("stream"),
            "hyperloglog", List.of("hll"));

    private static final List<String> NAMES = List.of(
            "str", "num", "float", "exp", "bits", "list", "list2", "set", "set2", "hash", "zset", "zset2", "geo",
            "stream", "hll", "none");

    /** A key: mostly one that the command is made for, sometimes one of another type, or one that is not there. */
    String pick(String group, Random random) {
        List<String> fitting = KEYS_OF_GROUP.getOrDefault(group, NAMES);
        List<String> from = random.nextInt(4) == 0 ? NAMES : fitting;
        return key(from.get(random.nextInt(from.size())));
    }

    private String key(String name) {
        return "{" + tag + "}" + name;
    }

    /** The commands that make the keys what they were. */
    List<List<byte[]>> reset() {
        List<List<byte[]>> commands = new ArrayList<>();
        List<String> del = new ArrayList<>(List.of("DEL"));
        NAMES.forEach(name -> del.add(key(name)));
        add(commands, del.toArray(String[]::new));
        add(commands, "SET", key("str"), "Hello, \u00e4 world\r\n");
        add(commands, "SET", key("num"), "42");
        add(commands, "SET", key("float"), "3.25");
        add(commands, "SET", key("exp"), "later", "EXAT", FAR_FUTURE_SECONDS);
        add(commands, "SETBIT", key("bits"), "77", "1");
        add(commands, "RPUSH", key("list"), "a", "b", "c", "a", "1", "");
        add(commands, "RPUSH", key("list2"), "3", "1", "2");
        add(commands, "SADD", key("set"), "1", "2", "3", "5");
        add(commands, "SADD", key("set2"), "a", "2", "b");
        add(commands, "HSET", key("hash"), "a", "Hello", "b", "10", "c", "1.5", "", "empty");
        add(commands, "ZADD", key("zset"), "1", "a", "2.5", "b", "2.5", "c", "+inf", "d");
        add(commands, "ZADD", key("zset2"), "0", "a", "0", "b", "0", "c");
        add(commands, "GEOADD", key("geo"), "13.361389", "38.115556", "a", "15.087269", "37.502669", "b");
        add(commands, "XADD", key("stream"), "1-1", "a", "1");
        add(commands, "XADD", key("stream"), "2-1", "a", "2", "b", "3");
        add(commands, "XADD", key("stream"), "3-5", "c", "");
        add(commands, "XGROUP", "CREATE", key("stream"), "g", "0");
        add(commands, "XREADGROUP", "GROUP", "g", "alice", "COUNT", "2", "STREAMS", key("stream"), ">");
        add(commands, "PFADD", key("hll"), "a", "b", "c");
        return commands;
    }

    private static void add(List<List<byte[]>> commands, String... command) {
        commands.add(PlainRedisClient.bytes(command));
    }
}
