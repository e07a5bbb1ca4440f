package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void ourOwnWordsAreEnough() {
        Throwable failure = new RuntimeException("Failed to start", new ConfigurationException("slotless: no folder"));
        assertThat(StartFailure.describe(failure)).isEqualTo("slotless: no folder");
    }

    @Test
    void aValueOfAWrongTypeIsToldInOneLine() {
        Throwable failure = catchThrowable(() -> new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SidecarConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("slotless.event-loops", "many", "slotless.drain-limit", "soon"), "test", 100))
                .build());
        assertThat(StartFailure.describe(failure))
                .startsWith("slotless: ")
                .contains("slotless.event-loops: Expected an integer value, got \"many\"")
                .contains("slotless.drain-limit: ")
                .doesNotContain("\n")
                .doesNotContain("SRCFG");
    }

    @Test
    void anAddressInUseIsToldInOneLine() {
        Throwable failure = new RuntimeException(
                "Failed to start", new IllegalStateException("Unable to start on x", new IOException("in use")));
        assertThat(StartFailure.describe(failure)).isEqualTo("slotless: Unable to start on x: in use");
    }

    @Test
    void aMistakeOfOursIsToldInFull() {
        assertThat(StartFailure.describe(new RuntimeException(new NullPointerException("oops"))))
                .contains("oops")
                .contains("at io.slotless");
    }
}
