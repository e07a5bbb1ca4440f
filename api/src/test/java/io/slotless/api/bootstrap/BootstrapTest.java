package io.slotless.api.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.ConnectionPool;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.TrafficPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract between a webhook and the sidecars of other releases: the file is what is on the wire. */
class BootstrapTest {

    private static final Path GOLDEN = Path.of("src/test/resources/bootstrap/version-1.json");

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void isWrittenAsInTheGoldenFile() throws IOException {
        assertThat(mapper.readTree(mapper.writeValueAsString(bootstrap())))
                .isEqualTo(mapper.readTree(Files.readString(GOLDEN)));
    }

    @Test
    void theGoldenFileIsReadBack() throws IOException {
        assertThat(mapper.readValue(Files.readString(GOLDEN), Bootstrap.class)).isEqualTo(bootstrap());
    }

    @Test
    void whatANewerWebhookAddsIsIgnored() throws IOException {
        String newer = Files.readString(GOLDEN)
                .replace("\"version\"", "\"telemetry\": {\"port\": 1}, \"version\"")
                .replace("\"listenPort\"", "\"zone\": \"a\", \"listenPort\"")
                .replace("\"mode\"", "\"weight\": 7, \"mode\"");

        assertThat(mapper.readValue(newer, Bootstrap.class)).isEqualTo(bootstrap());
    }

    @Test
    void theHostsCannotBeChanged() {
        List<BootstrapHost> hosts = new ArrayList<>(bootstrap().hosts());
        Bootstrap bootstrap = new Bootstrap(1, "cluster.local", hosts);
        hosts.clear();

        assertThat(bootstrap.hosts()).hasSize(2);
        assertThatThrownBy(() -> bootstrap.hosts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Bootstrap bootstrap() {
        DestinationSnapshot destination = new DestinationSnapshot(
                new ObjectMetadata(
                        "redis", "redis-cluster", "4f1d8f0e-1c1a-4b7e-9f0a-0d8f6c1b2a3e", null, null, 2L, Map.of()),
                new RedisDestinationSpec(
                        "redis-cluster.redis.svc.cluster.local",
                        null,
                        new TrafficPolicy(
                                new ConnectionPool(
                                        null,
                                        new RedisSettings(
                                                RedisMode.CLUSTER,
                                                new Auth(null, new PlainAuth("app", "s3cret")),
                                                List.of("redis-cluster-0.redis-cluster:6379"),
                                                null)),
                                null)));
        return new Bootstrap(
                Bootstrap.CURRENT_VERSION,
                "cluster.local",
                List.of(
                        new BootstrapHost(
                                "redis-cluster.redis.svc.cluster.local",
                                "127.0.0.1",
                                6379,
                                "redis-cluster.redis.svc.cluster.local",
                                6379,
                                "redis",
                                destination.withoutSecrets()),
                        new BootstrapHost(
                                "cache.example.com", "127.0.0.2", 6380, "cache.example.com", 6380, "shop", null)));
    }
}
