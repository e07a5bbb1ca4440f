package io.slotless.it.differential;

import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Sends the same generated calls to two servers and compares what they answer, command by command. */
final class Differential {

    private static final int CASES = 64;

    /** Tags whose slots lie in the first, second and third shard of a cluster of three, as a test of this proves. */
    static final List<String> TAGS = List.of("b", "c", "a");

    private final Target expected;
    private final Target actual;
    private final Rules rules;

    /**
     * @param expected the plain server: what is right
     * @param actual what should answer as it does
     */
    Differential(Target expected, Target actual, Rules rules) {
        this.expected = expected;
        this.actual = actual;
        this.rules = rules;
    }

    /** All calls of one command. */
    Tally run(KeyedCommand command) {
        Tally tally = new Tally(command.name());
        for (int number = 0; number < CASES; number++) {
            KeySpace keys = new KeySpace(TAGS.get(number % TAGS.size()));
            List<String> call = CaseGenerator.generate(command, keys, number);
            Comparison comparison = rules.comparison(command, call);
            if (comparison == Comparison.EXCLUDED) {
                tally.excluded++;
                continue;
            }
            try {
                compare(call, keys, comparison, tally);
            } catch (UncheckedIOException | IllegalStateException e) {
                tally.differences.add(Text.escape(String.join(" ", call)) + "\n  broke the connection: " + e);
                close();
            }
            if (command.name().equals("watch")) {
                // What is watched stays so, and by design keys of two slots, as of the next call, are not watched at
                // once.
                close();
            }
        }
        // Nor what it did to the connection, as WATCH does.
        close();
        return tally;
    }

    private void close() {
        expected.close();
        actual.close();
    }

    /**
     * What a call changed at random must not be seen by the next one: every call starts from the same keys, which are
     * made in the same pipeline.
     */
    private void compare(List<String> call, KeySpace keys, Comparison comparison, Tally tally) {
        List<List<byte[]>> commands = keys.reset();
        commands.add(PlainRedisClient.bytes(call.toArray(String[]::new)));
        PlainRedisClient expectedClient = expected.connection(keys.tag());
        PlainRedisClient actualClient = actual.connection(keys.tag());
        byte[] bytes = PlainRedisClient.encodeAll(commands);
        expectedClient.send(bytes);
        actualClient.send(bytes);
        for (int step = 0; step < commands.size() - 1; step++) {
            requireEqual(step, expectedClient.read(), actualClient.read());
        }
        Reply expectedReply = expectedClient.read();
        Reply actualReply = actualClient.read();
        if (comparison.same(expectedReply, actualReply)) {
            tally.equal++;
        } else {
            tally.differences.add("%s%n  expected %s%n  actual   %s"
                    .formatted(
                            Text.escape(String.join(" ", call)),
                            Text.escape(expectedReply.wire()),
                            Text.escape(actualReply.wire())));
        }
    }

    /** The first step deletes what the last call left behind, which may be one key more or less. */
    private static void requireEqual(int step, Reply one, Reply other) {
        if (one.isError() || other.isError() || (step > 0 && !one.equals(other))) {
            throw new IllegalStateException(
                    "the keys could not be made: " + one + " and " + other + " to step " + step);
        }
    }

    /** What came of one command. */
    static final class Tally {
        final String command;
        final List<String> differences = new ArrayList<>();
        int equal;
        int excluded;

        Tally(String command) {
            this.command = command;
        }

        @Override
        public String toString() {
            return "%-24s %5d %7d %8d".formatted(command, equal, differences.size(), excluded);
        }
    }
}
