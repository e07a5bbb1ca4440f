package io.slotless.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "500ms, PT0.5S",
        "1h30m, PT1H30M",
        "1.5s, PT1.5S",
        "1.s, PT1S",
        ".5m, PT30S",
        "0, PT0S",
        "0s, PT0S",
        "30m1h, PT1H30M",
        "1s1s, PT2S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "250μs, PT0.00025S",
        "7ns, PT0.000000007S",
        "1.9ns, PT0.000000001S",
        "87600h, PT87600H"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", ".", ".s", "-5s", "+5s", "5 s", "5S", "1d", "PT5S", "1h30", "5s\n", "1e3s"})
    void refusesWhatIsNoDurationAndShowsHowToWriteOne(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a duration: write a number with a unit, such as 500ms, 5s or 1h30m");
    }

    @Test
    void refusesAnEndlessText() {
        assertThatThrownBy(() -> GoDuration.parse("0".repeat(40) + "5s")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatGoCannotHoldBecomesTheLongestThatItCan() {
        assertThat(GoDuration.parse("99999999999999h")).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }
}
