package io.slotless.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue.SimpleError;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we refuse we refuse in Redis's words. */
class CommandErrorsIT {

    private static final CommandTable REDIS_7_0 = CommandFile.read("commands-redis-7.0.txt");

    private static RealRedis redis;
    private static RespSocket client;

    @BeforeAll
    static void start() {
        redis = new RealRedis();
        client = redis.connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope",
                "NoPe a b",
                "config nope",
                "CLIENT NoPe a",
                "object x y z",
                "ge\0t a",
                "nope a\0b c",
                "nope a\r\nb",
                "nope é"
            })
    void unknownIsToldAsByRedis(String words) {
        assertSameError(words.split(" "));
    }

    @Test
    void longWordsAreCutAsByRedis() {
        String word = "0123456789".repeat(13);
        assertSameError(word, word, word);
        assertSameError("nope", word.substring(0, 100), word, word);
        assertSameError("nope", word.substring(0, 124), "abcdefgh", "x");
        assertSameError("config", word);
    }

    private static void assertSameError(String... words) {
        CommandFrame frame = CommandFrame.of(words);
        assertThat(REDIS_7_0.find(frame)).isNull();
        String expected = ((SimpleError) client.call(words)).text();
        // The writer of errors makes line ends blanks, as Redis does.
        assertThat(CommandErrors.unknown(REDIS_7_0, frame).replaceAll("[\r\n]", " "))
                .isEqualTo(expected);
    }

    @Test
    void everyWrongNumberOfArgumentsIsToldAsByRedis() {
        for (Command command : REDIS_7_0.commands()) {
            int tooFew = command.name().contains("|") ? 2 : 1;
            if (!command.arityFits(tooFew)) {
                assertThat(client.call(command.name().split("\\|")))
                        .isEqualTo(new SimpleError(CommandErrors.wrongArity(command)));
            }
        }
    }
}
