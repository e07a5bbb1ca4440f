package io.slotless.it.client;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lettuce's client for clusters, which speaks to nothing else. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
class LettuceClusterIT extends LettuceSmoke {

    private final RedisClusterClient client;

    LettuceClusterIT(Target target, ProtocolVersion protocol) {
        client = RedisClusterClient.create(uri(target));
        client.setOptions(
                ClusterClientOptions.builder().protocolVersion(protocol).build());
    }

    static Stream<Arguments> targets() {
        return Target.AS_CLUSTER.stream()
                .flatMap(target -> Stream.of(ProtocolVersion.values()).map(protocol -> Arguments.of(target, protocol)));
    }

    @Override
    Connection connect() {
        StatefulRedisClusterConnection<String, String> connection = client.connect();
        return new Connection(connection, connection.sync(), connection.async());
    }

    @Override
    StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return client.connectPubSub();
    }

    @Override
    void shutdown() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    }
}
