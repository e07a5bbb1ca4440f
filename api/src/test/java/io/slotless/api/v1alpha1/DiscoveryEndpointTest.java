package io.slotless.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "redis-0, redis-0,",
        "redis-0.redis.svc.cluster.local:6379, redis-0.redis.svc.cluster.local, 6379",
        "10.0.0.7:1, 10.0.0.7, 1",
        "[fd00::7]:65535, fd00::7, 65535",
        "[::1], ::1,"
    })
    void hasAHostAndMayHaveAPort(String text, String host, Integer port) {
        assertThat(DiscoveryEndpoint.parse(text)).isEqualTo(new DiscoveryEndpoint(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":6379",
                "redis:",
                "redis:0",
                "redis:65536",
                "redis:99999",
                "redis:x",
                "fd00::7",
                "[redis]:1",
                "redis://redis:6379",
                "redis 0",
                "a:1:2",
                "redis:6379\n"
            })
    void refusesWhatIsNoEndpointAndShowsHowToWriteOne(String text) {
        assertThatThrownBy(() -> DiscoveryEndpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not an endpoint: write host, host:port or [IPv6]:port");
    }
}
