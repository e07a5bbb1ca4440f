package io.slotless.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command that names keys is answered through the sidecar, from a cluster, byte for byte as a plain Redis answers
 * it. The commands and their arguments are those that the server itself tells of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {

    private RedisServer plain;
    private RedisServer otherPlain;
    private RedisCluster cluster;

    @BeforeAll
    void start() {
        plain = RedisServer.start(Loopback.reserve(1, List.of(), 0).get(0));
        otherPlain = RedisServer.start(Loopback.reserve(1, List.of(), 0).get(0));
        cluster = RedisCluster.start(Loopback.reserve(6, List.of(), 0), Duration.ofSeconds(5));
    }

    @AfterAll
    void stop() {
        plain.close();
        otherPlain.close();
        cluster.close();
    }

    @Test
    void theTagsCoverAllShards() {
        assertThat(Differential.TAGS.stream()
                        .map(cluster::slotOf)
                        .map(cluster::primaryOf)
                        .distinct())
                .hasSize(3);
    }

    /** Proves the harness: what two plain servers answer differently must be among the exceptions. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void twoPlainServersAgree(int protocol) throws IOException {
        compare("two plain servers RESP" + protocol, protocol, tag -> otherPlain.address());
    }

    /** Tells a difference of Redis Cluster from one of ours: without us between, asking the right node. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aPlainServerAndTheRightClusterNodeAgree(int protocol) throws IOException {
        compare("cluster nodes RESP" + protocol, protocol, tag -> cluster.primaryOf(cluster.slotOf(tag))
                .address());
    }

    private void compare(String title, int protocol, Function<String, InetSocketAddress> actual) throws IOException {
        try (PlainRedisClient describing = plain.client();
                Target expected = new Target(tag -> plain.address(), protocol);
                Target target = new Target(actual, protocol)) {
            Differential differential = new Differential(expected, target, Rules.read());
            Report report = new Report(title);
            KeyedCommand.all(describing).forEach(command -> report.add(differential.run(command)));
            report.conclude();
        }
    }
}
