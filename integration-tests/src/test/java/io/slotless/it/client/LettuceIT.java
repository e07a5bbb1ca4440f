package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lettuce, as an application that knows only plain Redis uses it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
class LettuceIT extends LettuceSmoke {

    private final RedisClient client;

    LettuceIT(Target target, ProtocolVersion protocol) {
        client = RedisClient.create(uri(target));
        client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    }

    static Stream<Arguments> targets() {
        return Target.PLAIN.stream()
                .flatMap(target -> Stream.of(ProtocolVersion.values()).map(protocol -> Arguments.of(target, protocol)));
    }

    @Override
    Connection connect() {
        StatefulRedisConnection<String, String> connection = client.connect();
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

    @Test
    void itIsThere() {
        RedisCommands<String, String> redis = client.connect().sync();
        assertThat(redis.select(0)).isEqualTo("OK");
        assertThat(redis.info("server")).contains("redis_mode:standalone");
        assertThat(redis.<String>eval("return ARGV[1]", ScriptOutputType.VALUE, new String[0], "no keys"))
                .isEqualTo("no keys");
    }

    @Test
    void aTransaction() {
        RedisCommands<String, String> redis = client.connect().sync();
        String key = names.tagged("a");
        redis.multi();
        redis.set(key, "1");
        redis.incr(key);
        assertThat(redis.exec()).containsExactly("OK", 2L);
        redis.multi();
        redis.set(key, "x");
        assertThat(redis.discard()).isEqualTo("OK");
        assertThat(redis.get(key)).isEqualTo("2");
        redis.multi();
        redis.set(key, "x");
        redis.incr(key);
        redis.get(key);
        TransactionResult result = redis.exec();
        assertThat(result.<Object>get(1)).isInstanceOf(RedisCommandExecutionException.class);
        assertThat(result.<Object>get(2)).isEqualTo("x");
        assertThatThrownBy(redis::exec).hasMessage("ERR EXEC without MULTI");
    }

    @Test
    void watchersCompeteAndNoIncrementIsLost() {
        RedisCommands<String, String> redis = client.connect().sync();
        String key = names.tagged("watched");
        redis.set(key, "0");
        Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    RedisCommands<String, String> own = client.connect().sync();
                    IntStream.range(0, 20).forEach(i -> increment(own, key));
                }))
                .limit(4)
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(redis.get(key)).isEqualTo("80");
    }

    private static void increment(RedisCommands<String, String> redis, String key) {
        boolean discarded = true;
        while (discarded) {
            redis.watch(key);
            int value = Integer.parseInt(redis.get(key));
            redis.multi();
            redis.set(key, Integer.toString(value + 1));
            discarded = redis.exec().wasDiscarded();
        }
    }

    /** Of RESP3: invalidations come on the connection itself. */
    @Test
    void aCacheInTheClientHearsOfChanges() {
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP3).build());
        RedisCommands<String, String> other = client.connect().sync();
        Map<String, String> kept = new ConcurrentHashMap<>();
        CacheFrontend<String, String> cache =
                ClientSideCaching.enable(CacheAccessor.forMap(kept), client.connect(), TrackingArgs.Builder.enabled());
        for (int i = 0; i < 10; i++) {
            String key = names.of("cached" + i);
            other.set(key, "old");
            assertThat(cache.get(key)).isEqualTo("old");
            assertThat(kept).containsEntry(key, "old");
            other.set(key, "new");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cache.get(key)).isEqualTo("new"));
        }
    }
}
