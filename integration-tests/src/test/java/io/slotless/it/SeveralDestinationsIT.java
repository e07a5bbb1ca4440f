package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** One sidecar, several Redis hosts on the same port, each on its loopback address and in its own mode. */
class SeveralDestinationsIT {

    private final Stage stage = Stage.shared();

    @Test
    void eachHostLeadsToItsOwnRedis() {
        stage.cluster().flush();
        stage.single().call("FLUSHALL");
        try (PlainRedisClient cluster = stage.clusterClient();
                PlainRedisClient single = PlainRedisClient.connect(stage.singleHost())) {
            cluster.demand("SET", "foo", "in the cluster");
            single.demand("SET", "foo", "in the single one");
            assertThat(cluster.call("GET", "foo").text()).isEqualTo("in the cluster");
            assertThat(single.call("GET", "foo").text()).isEqualTo("in the single one");
        }
        assertThat(stage.cluster().primaryOf(12182).call("GET", "foo").text()).isEqualTo("in the cluster");
        assertThat(stage.single().call("GET", "foo").text()).isEqualTo("in the single one");
    }

    @Test
    void aHostWithoutARedisDestinationPassesEvenRedirections() {
        String name = "bare-cluster.redis.svc.cluster.local";
        stage.dns()
                .set(name, stage.cluster().primaryOf(0).address().getAddress().getHostAddress());
        try (var sidecar = stage.sidecar("bare", stage.host(name, 4));
                PlainRedisClient client =
                        PlainRedisClient.connect(new InetSocketAddress(Stage.sidecarAddress(4), stage.port()))) {
            assertThat(client.call("SET", "foo", "bar").wire())
                    .isEqualTo(
                            "-MOVED 12182 " + stage.cluster().primaryOf(12182).hostAndPort() + "\r\n");
            assertThat(sidecar.metrics()).contains("slotless");
        }
    }
}
