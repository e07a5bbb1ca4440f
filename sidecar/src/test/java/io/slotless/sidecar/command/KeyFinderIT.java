package io.slotless.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** For arguments made at random, meaningful or not, we find the keys that Redis finds. */
class KeyFinderIT {

    private static final int TRIES_PER_COMMAND = 150;
    private static final String[] WORDS = {
        "STORE",
        "store",
        "STOREDIST",
        "KEYS",
        "keys",
        "STREAMS",
        "LIMIT",
        "GET",
        "BY",
        "COUNT",
        "BLOCK",
        "GROUP",
        "AUTH",
        "AUTH2",
        "COPY",
        "REPLACE",
        "0",
        "1",
        "2",
        "3",
        "-1",
        "x",
        "",
        "99",
        "9223372036854775807"
    };

    private final Random random = new Random(11);
    private final KeyFinder finder = new KeyFinder();
    private final KeyPositions positions = new KeyPositions();

    @Test
    void keysAreThoseThatTheServerFinds() {
        try (RealRedis redis = new RealRedis();
                RespSocket client = redis.connect()) {
            RespValue reply = client.call("COMMAND");
            CommandTable known = CommandTable.of(CommandReply.commands(reply));
            CommandTable table = CommandReply.extend(CommandTable.builtIn(), reply);
            for (Command command : table.commands()) {
                if (known.find(command.name()) != null && !command.hasSubcommands() && !isAboutChannels(command)) {
                    for (int i = 0; i < TRIES_PER_COMMAND; i++) {
                        compare(client, command);
                    }
                }
            }
        }
    }

    private void compare(RespSocket client, Command command) {
        List<String> words = arguments(command);
        if (redisIsWrongAbout(words) || serversDifferAbout(words)) {
            return;
        }
        CommandFrame frame = CommandFrame.of(words.toArray(String[]::new));
        List<String> request = new ArrayList<>(List.of("COMMAND", "GETKEYS"));
        request.addAll(words);
        RespValue reply = client.call(request.toArray(String[]::new));
        KeyFinder.Result result = finder.find(command, frame, positions);
        List<String> found = IntStream.range(0, positions.count())
                .mapToObj(i -> words.get(positions.argument(i)))
                .toList();
        assertThat(found).as("keys of %s, Redis says %s", words, reply).isEqualTo(keys(reply));
        assertThat(result == KeyFinder.Result.FOUND).isEqualTo(!found.isEmpty());
    }

    /** Redis 7.0 finds no key in a PFMERGE without sources, though it creates the destination. */
    private static boolean redisIsWrongAbout(List<String> words) {
        return words.get(0).equals("pfmerge") && words.size() == 2;
    }

    /** A KEYS without keys, which MIGRATE refuses, ends the search for them in Redis 7.4 only. */
    private static boolean serversDifferAbout(List<String> words) {
        return words.get(0).equals("migrate") && words.get(words.size() - 1).equalsIgnoreCase("keys");
    }

    /** The name, then words of which some mean something; each key can be told from any other by its number. */
    private List<String> arguments(Command command) {
        List<String> words =
                new ArrayList<>(Stream.of(command.name().split("\\|")).toList());
        int count = command.arity() > 0 ? command.arity() : -command.arity() + random.nextInt(7);
        while (words.size() < count) {
            words.add(random.nextInt(3) == 0 ? WORDS[random.nextInt(WORDS.length)] : "k" + words.size());
        }
        return words;
    }

    private static List<String> keys(RespValue reply) {
        if (reply instanceof ArrayValue array) {
            return array.elements().stream()
                    .map(key -> ((BulkString) key).text())
                    .toList();
        }
        return List.of();
    }

    /** Which are routed like keys, but COMMAND GETKEYS does not tell. */
    private static boolean isAboutChannels(Command command) {
        return command.keySpecs().stream().anyMatch(spec -> spec.flags().contains("not_key"));
    }
}
