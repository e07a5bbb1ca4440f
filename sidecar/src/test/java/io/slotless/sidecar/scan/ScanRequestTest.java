package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.sidecar.resp.CommandFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanRequestTest {

    @Test
    void withoutOptionsItIsRediss() {
        assertThat(of("SCAN 17")).isEqualTo(new ScanRequest(17, 10, null, null));
    }

    @Test
    void theLastOfRepeatedOptionsCountsWhateverTheirOrderAndCase() {
        ScanRequest request = of("scan 0 TYPE set COUNT 5 tYpE Hash match a* count 7 MATCH b*");
        assertThat(request.count()).isEqualTo(7);
        assertThat(request.type()).isEqualTo("Hash");
        assertThat(request.match()).isNotNull();
        assertThat(request.match().matches(new byte[] {'b', 'x'})).isTrue();
        assertThat(request.match().matches(new byte[] {'a', 'x'})).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "007,7",
        "+5,5",
        "-1,-1",
        "-0,0",
        "18446744073709551615,-1",
        "9223372036854775808,-9223372036854775808"
    })
    void cursorsAreReadAsByStrtoul(String text, long cursor) {
        assertThat(of("SCAN " + text).cursor()).isEqualTo(cursor);
    }

    @Test
    void anEmptyCursorAndOneWithAZeroByteAreReadAsByStrtoulToo() {
        assertThat(of("SCAN", "").cursor()).isZero();
        assertThat(of("SCAN", "12\0x").cursor()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "1x", "-", "+", "--1", "0x1", "18446744073709551616", "99999999999999999999999", " 1", "1 "
            })
    void otherCursorsAreInvalid(String text) {
        assertThatThrownBy(() -> of("SCAN", text)).hasMessage("ERR invalid cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "SCAN 0 COUNT x,ERR value is not an integer or out of range",
        "SCAN 0 COUNT 01,ERR value is not an integer or out of range",
        "SCAN 0 COUNT 0,ERR syntax error",
        "SCAN 0 COUNT -5,ERR syntax error",
        "SCAN 0 COUNT,ERR syntax error",
        "SCAN 0 MATCH,ERR syntax error",
        "SCAN 0 COUNT 1 FOO 2,ERR syntax error",
        "SCAN x COUNT 0,ERR invalid cursor"
    })
    void whatRedisRefusesIsRefusedWithItsText(String command, String error) {
        assertThatThrownBy(() -> of(command)).isInstanceOf(ScanException.class).hasMessage(error);
    }

    private static ScanRequest of(String command) {
        return of(command.split(" "));
    }

    private static ScanRequest of(String... words) {
        return ScanRequest.of(CommandFrame.of(List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toList()));
    }
}
