package io.slotless.api.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.api.v1alpha1.RedisDestinations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract between a webhook and the sidecars of other releases: the file is what is on the wire. */
class BootstrapTest {

    private static final Path GOLDEN = Path.of("src/test/resources/bootstrap/version-1.json");

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void isWrittenAsInTheGoldenFile() throws IOException {
        assertThat(tree(serialization.asJson(bootstrap()))).isEqualTo(tree(Files.readString(GOLDEN)));
    }

    @Test
    void theGoldenFileIsReadBack() throws IOException {
        assertThat(serialization.unmarshal(Files.readString(GOLDEN), Bootstrap.class))
                .isEqualTo(bootstrap());
    }

    @Test
    void whatANewerWebhookAddsIsIgnored() throws IOException {
        String newer = Files.readString(GOLDEN)
                .replace("\"version\"", "\"telemetry\": {\"port\": 1}, \"version\"")
                .replace("\"listenPort\"", "\"zone\": \"a\", \"listenPort\"")
                .replace("\"mode\"", "\"weight\": 7, \"mode\"");

        assertThat(serialization.unmarshal(newer, Bootstrap.class)).isEqualTo(bootstrap());
    }

    @Test
    void theHostsCannotBeChanged() {
        List<BootstrapHost> hosts = new ArrayList<>(bootstrap().hosts());
        Bootstrap bootstrap = new Bootstrap(1, "cluster.local", hosts);
        hosts.clear();

        assertThat(bootstrap.hosts()).hasSize(2);
        assertThatThrownBy(() -> bootstrap.hosts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private Bootstrap bootstrap() {
        RedisDestination destination = serialization.unmarshal("""
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: redis-cluster
                  namespace: redis
                  uid: 4f1d8f0e-1c1a-4b7e-9f0a-0d8f6c1b2a3e
                  generation: 2
                spec:
                  host: redis-cluster.redis.svc.cluster.local
                  trafficPolicy:
                    connectionPool:
                      redis:
                        mode: CLUSTER
                        auth:
                          plain:
                            username: app
                            password: s3cret
                        discoveryEndpoints: ["redis-cluster-0.redis-cluster:6379"]
                """, RedisDestination.class);
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
                                RedisDestinations.withoutSecrets(destination)),
                        new BootstrapHost(
                                "cache.example.com", "127.0.0.2", 6380, "cache.example.com", 6380, "shop", null)));
    }

    private JsonNode tree(String json) {
        return serialization.unmarshal(json, JsonNode.class);
    }
}
