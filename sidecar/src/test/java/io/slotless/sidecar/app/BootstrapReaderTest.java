package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapReaderTest {

    private static final String GOOD = """
            {"version": 1, "clusterDomain": "cluster.local", "later": true, "hosts": [{
              "host": "cache.redis.svc.cluster.local", "listenAddress": "127.0.0.1", "listenPort": 6379,
              "upstreamHost": "cache.redis.svc.cluster.local", "upstreamPort": 6380, "namespace": "redis", "new": 1,
              "destination": {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination",
                "metadata": {"name": "cache", "namespace": "redis", "annotations": {"a": "${not.an.expression}"}},
                "spec": {"host": "cache", "trafficPolicy": {"connectionPool": {"redis": {"mode": "CLUSTER"}}}, "x": 1}}
            }]}
            """;

    @Test
    void readsWhatTheWebhookWritesAndSkipsWhatANewerOneAdds() {
        Bootstrap bootstrap = BootstrapReader.read(GOOD);
        assertThat(bootstrap.hosts()).singleElement().satisfies(host -> {
            assertThat(host.upstreamPort()).isEqualTo(6380);
            assertThat(RedisDestinations.redis(host.destination().spec()).map(RedisSettings::mode))
                    .contains(RedisMode.CLUSTER);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": 1 | \"version\": 2 | has version 2, and this sidecar reads up to 1: it needs a newer image",
                "\"version\": 1 | \"v\": 1 | has no version",
                "clusterDomain | domain | has no clusterDomain",
                "\"hosts\" | \"none\" | has no hosts",
                "\"listenPort\": 6379 | \"listenPort\": 0 | has a host without listenPort",
                "\"namespace\": \"redis\", \"new\" | \"new\" | has a host without namespace",
            })
    void saysInOneLineWhatIsWrong(String good, String bad, String message) {
        assertThatThrownBy(() -> BootstrapReader.read(GOOD.replace(good, bad)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("slotless: SLOTLESS_BOOTSTRAP " + message);
    }

    @Test
    void whatIsNoJsonIsToldInOneLine() {
        assertThatThrownBy(() -> BootstrapReader.read("{nonsense"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("slotless: SLOTLESS_BOOTSTRAP is not the JSON that the webhook writes")
                .hasMessageNotContainingAny("\n");
    }
}
