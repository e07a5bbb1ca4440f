package io.slotless.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.CommandFrame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFinderTest {

    private final KeyFinder finder = new KeyFinder();
    private final KeyPositions keys = new KeyPositions();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET k                                        | FOUND   | [1]
            MSET a 1 b 2                                 | FOUND   | [1, 3]
            MGET a b c                                   | FOUND   | [1, 2, 3]
            BLPOP a b 0                                  | FOUND   | [1, 2]
            LMOVE a b LEFT RIGHT                         | FOUND   | [1, 2]
            OBJECT ENCODING k                            | FOUND   | [2]
            EVAL s 2 a b c                               | FOUND   | [3, 4]
            EVAL s 0 a                                   | NONE    | []
            EVAL s 3 a b                                 | INVALID | []
            EVAL s x a                                   | INVALID | []
            EVAL s -1 a                                  | INVALID | []
            EVAL s 9223372036854775807 a                 | INVALID | []
            FCALL f 1 a b                                | FOUND   | [3]
            ZUNIONSTORE d 2 a b WEIGHTS 1 2              | FOUND   | [1, 3, 4]
            XREAD COUNT 1 STREAMS a b 0 0                | FOUND   | [4, 5]
            XREADGROUP GROUP g c STREAMS a >             | FOUND   | [5]
            XREAD COUNT 1 BLOCK 0                        | NONE    | []
            XREAD COUNT 1 STREAMS a                      | INVALID | []
            SORT k BY w_* GET # STORE d                  | FOUND   | [1, 7]
            SORT k STORE d STORE e                       | FOUND   | [1, 5]
            SORT k BY STORE LIMIT 0 1                    | FOUND   | [1]
            SORT_RO k BY w_*                             | FOUND   | [1]
            GEORADIUS k 1 1 1 km                         | FOUND   | [1]
            GEORADIUS k 1 1 1 km STORE a                 | FOUND   | [1, 7]
            GEORADIUS k 1 1 1 km STORE a STOREDIST b     | FOUND   | [1, 7, 9]
            MIGRATE h 1 k 0 1                            | FOUND   | [3]
            MIGRATE h 1 k 0 1 AUTH KEYS COPY             | FOUND   | [3]
            SSUBSCRIBE a b                               | FOUND   | [1, 2]
            SPUBLISH a m                                 | FOUND   | [1]
            SUNSUBSCRIBE                                 | NONE    | []
            PING                                         | NONE    | []
            GET                                          | INVALID | []
            """)
    void keysAreFound(String words, KeyFinder.Result result, String positions) {
        CommandFrame frame = CommandFrame.of(words.split(" "));
        assertThat(finder.find(CommandTable.builtIn().find(frame), frame, keys)).isEqualTo(result);
        assertThat(keys).hasToString(positions);
    }

    @Test
    void migrateWithManyKeysHasAnEmptyKeyInFront() {
        CommandFrame frame = CommandFrame.of("MIGRATE", "h", "1", "", "0", "1", "AUTH2", "u", "keys", "KEYS", "a", "b");
        assertThat(finder.find(CommandTable.builtIn().find(frame), frame, keys)).isEqualTo(KeyFinder.Result.FOUND);
        assertThat(keys).hasToString("[10, 11]");
    }

    @Test
    void manyKeysAreAllFoundAndForgotten() {
        String[] words = new String[10_001];
        Arrays.fill(words, "k");
        words[0] = "DEL";
        CommandFrame frame = CommandFrame.of(words);
        finder.find(CommandTable.builtIn().find(frame), frame, keys);
        assertThat(keys.count()).isEqualTo(10_000);
        assertThat(keys.argument(9_999)).isEqualTo(10_000);
        CommandFrame ping = CommandFrame.of("PING");
        finder.find(CommandTable.builtIn().find(ping), ping, keys);
        assertThat(keys.count()).isZero();
    }
}
