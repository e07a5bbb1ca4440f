package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/** Clients' own ways to go through all keys, made for one server, in front of a cluster. */
@Timeout(120)
class ScanIT {

    private final Stage stage = Stage.shared();

    @AfterEach
    void empty() {
        stage.cluster().flush();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 20_000})
    void jedis(int keys) {
        Set<String> expected = fill(keys);
        InetSocketAddress host = stage.clusterHost();
        try (UnifiedJedis jedis = redis.clients.jedis.RedisClient.create(host.getHostString(), host.getPort())) {
            Set<String> all = new HashSet<>();
            ScanIteration some = jedis.scanIteration(500, "*");
            while (!some.isIterationCompleted()) {
                some.nextBatchList().forEach(key -> assertThat(all.add(key)).isTrue());
            }
            assertThat(all).isEqualTo(expected);
            Set<String> odd = new HashSet<>();
            jedis.scanIteration(1000, "key:*[13579]", "string").collect(odd);
            expected.removeIf(key -> (key.charAt(key.length() - 1) - '0') % 2 == 0);
            assertThat(odd).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 20_000})
    void lettuce(int keys) {
        Set<String> expected = fill(keys);
        InetSocketAddress host = stage.clusterHost();
        RedisClient client = RedisClient.create("redis://" + host.getHostString() + ":" + host.getPort());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            List<String> all = ScanIterator.scan(connection.sync(), ScanArgs.Builder.limit(700)).stream()
                    .toList();
            assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            client.shutdown();
        }
    }

    private Set<String> fill(int keys) {
        stage.cluster().flush();
        Set<String> expected =
                IntStream.range(0, keys).mapToObj(i -> "key:" + i).collect(Collectors.toCollection(HashSet::new));
        try (PlainRedisClient client = stage.clusterClient()) {
            assertThat(client.pipeline(expected.stream()
                            .map(key -> PlainRedisClient.bytes("SET", key, "v"))
                            .toList()))
                    .noneMatch(Reply::isError);
        }
        return expected;
    }
}
