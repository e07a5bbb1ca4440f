package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.fixture.kubernetes.SidecarProcess;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Manifests written for Aeraki do here what they do there. */
class AerakiManifestsIT {

    private static final String PASSWORD = "testredis";

    private final Stage stage = Stage.shared();

    @Test
    void theExternalRedisOfTheTutorialBecomesACluster() {
        String host = "external-redis.redis.svc.cluster.local";
        String manifest = Stage.manifest("manifests/samples/redisdestination-cluster.yaml");
        stage.dns()
                .set(host, stage.cluster().primaryOf(0).address().getAddress().getHostAddress());
        try (SidecarProcess sidecar = stage.sidecar("aeraki-external", stage.host(host, 5));
                PlainRedisClient client = client(5)) {
            assertThat(client.call("SET", "foo", "bar").text()).startsWith("MOVED 12182 ");
            stage.api().apply(manifest);
            await().untilAsserted(() ->
                    assertThat(client.call("SET", "foo", "bar").wire()).isEqualTo("+OK\r\n"));
            stage.api().delete(manifest);
            await().untilAsserted(() ->
                    assertThat(client.call("SET", "foo", "bar").text()).startsWith("MOVED 12182 "));
        }
    }

    @Test
    void thePasswordOfTheServerComesFromTheSecret() throws IOException {
        String host = "redis-single.redis.svc.cluster.local";
        String manifest = Stage.manifest("crd/src/test/resources/aeraki/server-side-password.yaml");
        InetSocketAddress address = new InetSocketAddress(Stage.sidecarAddress(9), stage.port());
        stage.dns().set(host, Stage.sidecarAddress(9));
        try (RedisServer server = RedisServer.start(address, "--requirepass", PASSWORD);
                SidecarProcess sidecar = stage.sidecar("aeraki-password", stage.host(host, 6));
                PlainRedisClient client = client(6)) {
            assertThat(client.call("SET", "foo", "bar").text()).isEqualTo("NOAUTH Authentication required.");
            stage.api().apply(manifest);
            await().untilAsserted(() ->
                    assertThat(client.call("SET", "foo", "bar").wire()).isEqualTo("+OK\r\n"));
            assertThat(server.logTail(100)).doesNotContain("WRONGPASS");
            assertThat(Files.readString(sidecar.process().log())).doesNotContain(PASSWORD);
        } finally {
            stage.api().delete(manifest);
        }
    }

    private PlainRedisClient client(int number) {
        return PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(number), stage.port()));
    }
}
