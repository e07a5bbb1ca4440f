package io.slotless.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.it.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** What Redis 7.0 has; a server that tells of fewer would make an easy test. */
    private static final int KEYED_COMMANDS = 190;

    private final Stage stage = Stage.shared();
    private RedisServer plain;

    @BeforeAll
    void start() {
        plain = RedisServer.start(Loopback.reserve(1, List.of(), 0).get(0));
    }

    @AfterAll
    void stop() {
        plain.close();
    }

    @Test
    void theTagsCoverAllShards() {
        assertThat(Differential.TAGS.stream()
                        .map(stage.cluster()::slotOf)
                        .map(stage.cluster()::primaryOf)
                        .distinct())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aClusterBehindTheSidecarAnswersAsAPlainServer(int protocol) throws IOException {
        Rules rules = compare("cluster through the sidecar RESP" + protocol, protocol, tag -> stage.clusterHost());
        assertThat(rules.unused()).as("exceptions that nothing needs").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aPlainServerBehindTheSidecarAnswersAsAPlainServer(int protocol) throws IOException {
        compare("plain server through the sidecar RESP" + protocol, protocol, tag -> stage.singleHost());
    }

    /** Proves the harness: what two plain servers answer differently must be among the exceptions. */
    @Test
    void twoPlainServersAgree() throws IOException {
        compare("two plain servers", 3, tag -> stage.single().address());
    }

    /** Tells a difference of Redis Cluster from one of ours: without us between, asking the right node. */
    @Test
    void aPlainServerAndTheRightClusterNodeAgree() throws IOException {
        Map<String, InetSocketAddress> nodes = Differential.TAGS.stream()
                .collect(Collectors.toMap(tag -> tag, tag -> stage.cluster()
                        .primaryOf(stage.cluster().slotOf(tag))
                        .address()));
        compare("cluster nodes", 2, nodes::get);
    }

    private Rules compare(String title, int protocol, Function<String, InetSocketAddress> actual) throws IOException {
        Rules rules = Rules.read();
        try (PlainRedisClient describing = plain.client();
                Target expected = new Target(tag -> plain.address(), protocol);
                Target target = new Target(actual, protocol)) {
            Differential differential = new Differential(expected, target, rules);
            Report report = new Report(title);
            List<KeyedCommand> commands = KeyedCommand.all(describing);
            assertThat(commands).hasSizeGreaterThan(KEYED_COMMANDS);
            commands.forEach(command -> report.add(differential.run(command)));
            report.conclude();
        }
        return rules;
    }
}
