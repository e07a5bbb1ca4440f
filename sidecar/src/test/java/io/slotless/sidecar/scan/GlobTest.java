package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*,anything,true",
        "user:*,user:1,true",
        "user:*,users:1,false",
        "h?llo,hello,true",
        "h?llo,hllo,false",
        "h[ae]llo,hallo,true",
        "h[^e]llo,hello,false",
        "h[b-a]llo,hallo,true",
        "a[,a,false",
        "[abc,b,true",
        "\\*,*,true",
        "\\*,a,false",
        "**a**,bab,true",
        "*a*b,xaxbxb,true",
        "*a*b,xaxbxc,false"
    })
    void meansWhatItMeansToRedis(String pattern, String key, boolean matches) {
        assertThat(matches(pattern, key)).isEqualTo(matches);
    }

    @Test
    void nothingIsMatchedByNothingAndByOneAsteriskOnly() {
        assertThat(matches("", "")).isTrue();
        assertThat(matches("*", "")).isTrue();
        assertThat(matches("**", "")).isFalse();
        assertThat(matches("", "a")).isFalse();
    }

    @Test
    void noPatternTakesLong() {
        String pattern = "a*".repeat(20_000) + "b";
        String key = "a".repeat(20_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(matches(pattern, key)).isFalse());
    }

    private static boolean matches(String pattern, String key) {
        byte[] bytes = pattern.getBytes(StandardCharsets.ISO_8859_1);
        return Glob.of(Unpooled.wrappedBuffer(bytes), 0, bytes.length)
                .matches(key.getBytes(StandardCharsets.ISO_8859_1));
    }
}
