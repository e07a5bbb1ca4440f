package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What we take for a match is what a real Redis takes for one: many patterns, each on many keys. */
@Timeout(120)
class GlobIT {

    private static final int KEYS = 400;
    private static final int PATTERNS = 6_000;

    /** Few letters, so that many match, and all that means something in a pattern. */
    private static final byte[] ALPHABET = {
        'a', 'b', 'c', '*', '?', '[', ']', '^', '-', '\\', 0, (byte) 0xE9, '*', 'a', '?', '['
    };

    @Test
    void patternsMatchWhatRedisSaysTheyMatch() {
        Random random = new Random(7);
        try (RealRedis redis = new RealRedis();
                RespSocket client = redis.connect()) {
            List<byte[]> keys = new ArrayList<>();
            keys.add(new byte[0]);
            for (int i = 1; i < KEYS; i++) {
                keys.add(word(random, 7));
            }
            keys.forEach(key -> client.call(List.of(ascii("SET"), key, ascii("v"))));
            int matches = 0;
            for (int i = 0; i < PATTERNS; i++) {
                byte[] pattern = word(random, 9);
                Set<String> theirs = ((ArrayValue) client.call(List.of(ascii("KEYS"), pattern)))
                        .elements().stream()
                                .map(key -> text(((RespValue.BulkString) key).bytes()))
                                .collect(Collectors.toSet());
                Glob glob = Glob.of(Unpooled.wrappedBuffer(pattern), 0, pattern.length);
                Set<String> ours =
                        keys.stream().filter(glob::matches).map(GlobIT::text).collect(Collectors.toSet());
                assertThat(ours).as("pattern '%s'", text(pattern)).isEqualTo(theirs);
                matches += ours.size();
            }
            assertThat(matches).isGreaterThan(PATTERNS);
        }
    }

    private static byte[] word(Random random, int longest) {
        byte[] word = new byte[random.nextInt(longest + 1)];
        for (int i = 0; i < word.length; i++) {
            word[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return word;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
