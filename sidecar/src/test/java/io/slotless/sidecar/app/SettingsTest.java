package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void aPropertyWinsOverAVariableAndBothOverTheDefault() {
        Settings settings = new Settings(
                Map.of("slotless.event-loops", "3"),
                Map.of("SLOTLESS_EVENT_LOOPS", "2", "SLOTLESS_LISTEN_ADDRESS", "127.0.0.9"));
        SidecarConfig config = SidecarConfig.read(settings);
        assertThat(config.eventLoops()).isEqualTo(3);
        assertThat(config.listenAddress()).isEqualTo("127.0.0.9");
        assertThat(config.drainLimit()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void anEmptyValueIsNone() {
        SidecarConfig config =
                read(Map.of("SLOTLESS_BOOTSTRAP", "", "SLOTLESS_NAMESPACE", " ", "SLOTLESS_EVENT_LOOPS", ""));
        assertThat(config.bootstrap()).isEmpty();
        assertThat(config.namespace()).isEmpty();
        assertThat(config.eventLoops()).isEqualTo(1);
    }

    @Test
    void whatLooksLikeAnExpressionIsLeftAlone() {
        assertThat(read(Map.of("SLOTLESS_BOOTSTRAP", "{\"a\": \"${not.a.setting}\"}"))
                        .bootstrap())
                .hasValue("{\"a\": \"${not.a.setting}\"}");
    }

    @Test
    void aListIsSeparatedByCommas() {
        assertThat(read(Map.of("SLOTLESS_DNS_SERVERS", "10.0.0.10, 10.0.0.11:5353"))
                        .dns()
                        .servers())
                .containsExactly("10.0.0.10", "10.0.0.11:5353");
    }

    @ParameterizedTest
    @CsvSource({"25s, PT25S", "500ms, PT0.5S", "2m, PT2M", "1h, PT1H", "1d, PT24H", "7, PT7S", "PT1M30S, PT1M30S"})
    void durationsAreWrittenInSeveralWays(String text, Duration meant) {
        assertThat(read(Map.of("SLOTLESS_DRAIN_LIMIT", text)).drainLimit()).isEqualTo(meant);
    }

    @Test
    void everyValueThatCannotBeUsedIsToldAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "SLOTLESS_EVENT_LOOPS",
                        "many",
                        "SLOTLESS_DRAIN_LIMIT",
                        "soon",
                        "SLOTLESS_LOG_LEVEL",
                        "loud",
                        "SLOTLESS_API_SERVER_URL",
                        "not a url")))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith("slotless: ")
                .contains("slotless.event-loops: Expected an integer value, got \"many\"")
                .contains("slotless.drain-limit: Expected a duration like 25s or 500ms, got \"soon\"")
                .contains("slotless.log-level: Expected one of ERROR, WARN, INFO, DEBUG, TRACE, got \"loud\"")
                .contains("slotless.api-server.url: ")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"SLOTLESS_EVENT_LOOPS, 0, 1 to 1024", "SLOTLESS_MANAGEMENT_PORT, 65536, 0 to 65535"})
    void aNumberThatNothingCouldBeDoneWithIsRefused(String variable, String value, String range) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("Expected an integer value from " + range + ", got \"" + value + "\"");
    }

    @Test
    void everyKnownKeyIsKnownInBothSpellings() {
        Set<String> known = known();
        assertThat(known).contains("slotless.bootstrap", "slotless.dns.servers", "slotless.limits.clients");
        List<String> variables = known.stream().map(Settings::variable).toList();
        assertThat(variables).contains("SLOTLESS_BOOTSTRAP", "SLOTLESS_DNS_MAX_TTL");
        Settings empty = new Settings(empty(known), empty(variables));
        assertThatCode(() -> SidecarConfig.read(empty)).doesNotThrowAnyException();
    }

    @Test
    void typingErrorsAreFoundInBothSpellings() {
        Settings settings = new Settings(
                Map.of("slotless.event-lops", "1", "other.setting", "1", "slotless.dns", "1"),
                Map.of("SLOTLESS_BOOTSRAP", "{}"));
        assertThatThrownBy(() -> SidecarConfig.read(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("slotless: unknown settings: SLOTLESS_BOOTSRAP, slotless.dns,"
                        + " slotless.event-lops; known are: slotless.api-server.");
    }

    @Test
    void whatAKubeletSetsForAServiceNamedSlotlessIsNoMistake() {
        Map<String, String> links = empty(List.of(
                "SLOTLESS_WEBHOOK_SERVICE_HOST",
                "SLOTLESS_WEBHOOK_SERVICE_PORT",
                "SLOTLESS_WEBHOOK_SERVICE_PORT_HTTPS",
                "SLOTLESS_WEBHOOK_PORT",
                "SLOTLESS_WEBHOOK_PORT_443_TCP",
                "SLOTLESS_WEBHOOK_PORT_443_TCP_ADDR",
                "SLOTLESS_PORT"));
        assertThatCode(() -> read(links)).doesNotThrowAnyException();
    }

    private static SidecarConfig read(Map<String, String> environment) {
        return SidecarConfig.read(new Settings(Map.of(), environment));
    }

    private static Set<String> known() {
        Settings settings = new Settings(Map.of(), Map.of());
        SidecarConfig.read(settings);
        return settings.known().keySet();
    }

    private static Map<String, String> empty(Iterable<String> keys) {
        return StreamSupport.stream(keys.spliterator(), false)
                .collect(Collectors.toMap(Function.identity(), key -> ""));
    }
}
