package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.exceptions.JedisDataException;

/** Jedis, as an application that knows only plain Redis uses it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
class JedisIT extends JedisSmoke {

    JedisIT(Target target, RedisProtocol protocol) {
        super(RedisClient.builder()
                .hostAndPort(server(target))
                .clientConfig(config(protocol))
                .build());
    }

    static Stream<Arguments> targets() {
        return Target.PLAIN.stream().flatMap(target -> Stream.of(RedisProtocol.RESP2, RedisProtocol.RESP3)
                .map(protocol -> Arguments.of(target, protocol)));
    }

    @Test
    void itIsThereAndKnowsItsName() {
        assertThat(jedis.ping()).isEqualTo("PONG");
        assertThat((byte[]) jedis.sendCommand(Protocol.Command.CLIENT, "GETNAME"))
                .asString()
                .isEqualTo("suite");
        assertThat(jedis.info("server")).contains("redis_mode:standalone");
    }

    @Test
    void keysOfManySlotsInOneCommand() {
        String[] keys = IntStream.range(0, 50).mapToObj(i -> names.of("m" + i)).toArray(String[]::new);
        String[] pairs = Stream.of(keys).flatMap(key -> Stream.of(key, key)).toArray(String[]::new);
        assertThat(jedis.mset(pairs)).isEqualTo("OK");
        assertThat(jedis.mget(keys)).containsExactly(keys);
        assertThat(jedis.exists(keys)).isEqualTo(50);
        assertThat(jedis.del(keys)).isEqualTo(50);
    }

    @Test
    void aTransaction() {
        String key = names.tagged("a");
        try (var transaction = jedis.multi()) {
            transaction.set(key, "1");
            Response<Long> incremented = transaction.incr(key);
            assertThat(transaction.exec()).containsExactly("OK", 2L);
            assertThat(incremented.get()).isEqualTo(2);
        }
        try (var transaction = jedis.multi()) {
            transaction.set(key, "x");
            transaction.incr(key);
            Response<String> got = transaction.get(key);
            assertThat(transaction.exec()).element(1).isInstanceOf(JedisDataException.class);
            assertThat(got.get()).isEqualTo("x");
        }
    }

    @Test
    void watchersCompeteAndNoIncrementIsLost() {
        String key = names.tagged("watched");
        jedis.set(key, "0");
        Stream.generate(() ->
                        CompletableFuture.runAsync(() -> IntStream.range(0, 20).forEach(i -> increment(key))))
                .limit(4)
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(jedis.get(key)).isEqualTo("80");
    }

    private void increment(String key) {
        List<Object> done = null;
        while (done == null) {
            try (var transaction = jedis.transaction(false)) {
                transaction.watch(key);
                int value = Integer.parseInt(jedis.get(key));
                transaction.multi();
                transaction.set(key, Integer.toString(value + 1));
                done = transaction.exec();
            }
        }
    }

    @Test
    void aScanFindsEveryKeyOnce() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            expected.add(names.of("scan:" + i));
        }
        expected.forEach(key -> jedis.set(key, "x"));
        List<String> found = new ArrayList<>();
        ScanIteration scan = jedis.scanIteration(50, names.of("scan:*"));
        while (!scan.isIterationCompleted()) {
            found.addAll(scan.nextBatchList());
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aScriptWithoutKeys() {
        assertThat(jedis.eval("return ARGV[1]", 0, "no keys")).isEqualTo("no keys");
    }
}
