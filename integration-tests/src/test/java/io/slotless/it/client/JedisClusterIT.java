package io.slotless.it.client;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;

/** Jedis's client for clusters, which speaks to nothing else. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
class JedisClusterIT extends JedisSmoke {

    JedisClusterIT(Target target, RedisProtocol protocol) {
        super(RedisClusterClient.builder()
                .nodes(Set.of(server(target)))
                .clientConfig(config(protocol))
                .build());
    }

    static Stream<Arguments> targets() {
        return Target.AS_CLUSTER.stream().flatMap(target -> Stream.of(RedisProtocol.RESP2, RedisProtocol.RESP3)
                .map(protocol -> Arguments.of(target, protocol)));
    }
}
