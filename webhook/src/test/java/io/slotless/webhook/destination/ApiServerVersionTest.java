package io.slotless.webhook.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1, 28, false",
        "1, 29, true",
        "1, 29+, true",
        "1, 36, true",
        "2, 0, true",
        "0, 99, false",
        "'', '', false",
    })
    void nativeSidecarsSince129(String major, String minor, boolean expected) {
        ApiServerVersion version = new ApiServerVersion(() -> info(major, minor), Duration.ZERO);

        version.ask();

        await().until(version::isKnown);
        assertThat(version.supportsNativeSidecars()).isEqualTo(expected);
    }

    @Test
    void serverThatIsAwayIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        ApiServerVersion version = new ApiServerVersion(
                () -> {
                    if (asked.incrementAndGet() < 3) {
                        throw new IllegalStateException("away");
                    }
                    return info("1", "28");
                },
                Duration.ofMillis(1));
        assertThat(version.isKnown()).isFalse();
        assertThat(version.supportsNativeSidecars()).isTrue();

        version.ask();

        await().until(version::isKnown);
        assertThat(asked).hasValue(3);
        assertThat(version.supportsNativeSidecars()).isFalse();
    }

    private static VersionInfo info(String major, String minor) {
        return new VersionInfo.Builder().withMajor(major).withMinor(minor).build();
    }
}
