package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Consumer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Lettuce's clients for a single Redis and for a cluster have in common. */
@Timeout(60)
abstract class LettuceSmoke {

    final Names names = new Names();

    /** What they do on one connection; each call makes another. */
    abstract Connection connect();

    abstract StatefulRedisPubSubConnection<String, String> connectPubSub();

    abstract void shutdown();

    /** A connection, and its two interfaces. */
    record Connection(
            StatefulConnection<String, String> connection,
            RedisClusterCommands<String, String> sync,
            RedisClusterAsyncCommands<String, String> async) {}

    static RedisURI uri(Target target) {
        return RedisURI.builder()
                .withHost(target.host())
                .withPort(target.port())
                .withClientName("suite")
                .withTimeout(Duration.ofSeconds(30))
                .build();
    }

    @AfterEach
    void close() {
        shutdown();
    }

    @Test
    void valuesOfAllTypes() {
        RedisClusterCommands<String, String> redis = connect().sync();
        assertThat(redis.ping()).isEqualTo("PONG");
        assertThat(redis.clientGetname()).isEqualTo("suite");
        assertThat(redis.set(names.of("s"), "bar")).isEqualTo("OK");
        assertThat(redis.set(names.of("s"), "again", SetArgs.Builder.nx())).isNull();
        assertThat(redis.get(names.of("s"))).isEqualTo("bar");
        assertThat(redis.pexpire(names.of("s"), Duration.ofSeconds(100))).isTrue();
        assertThat(redis.ttl(names.of("s"))).isBetween(90L, 100L);
        assertThat(redis.hset(names.of("h"), Map.of("a", "1", "b", "2"))).isEqualTo(2);
        assertThat(redis.hgetall(names.of("h"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(redis.rpush(names.of("l"), "a", "b", "c")).isEqualTo(3);
        assertThat(redis.lrange(names.of("l"), 0, -1)).containsExactly("a", "b", "c");
        assertThat(redis.sadd(names.of("set"), "x", "y", "x")).isEqualTo(2);
        assertThat(redis.smembers(names.of("set"))).containsExactlyInAnyOrder("x", "y");
        assertThat(redis.zadd(names.of("z"), 1.5, "one")).isEqualTo(1);
        assertThat(redis.zscore(names.of("z"), "one")).isEqualTo(1.5);
        assertThatThrownBy(() -> redis.lpush(names.of("s"), "x"))
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("WRONGTYPE");
    }

    @Test
    void keysOfManySlotsInOneCommand() {
        RedisClusterCommands<String, String> redis = connect().sync();
        Map<String, String> values = new HashMap<>();
        IntStream.range(0, 50).forEach(i -> values.put(names.of("m" + i), Integer.toString(i)));
        String[] keys = values.keySet().toArray(String[]::new);
        assertThat(redis.mset(values)).isEqualTo("OK");
        assertThat(redis.mget(keys)).extracting(KeyValue::getKey).containsExactly(keys);
        assertThat(redis.mget(keys))
                .allSatisfy(value -> assertThat(value.getValue()).isEqualTo(values.get(value.getKey())));
        assertThat(redis.unlink(keys)).isEqualTo(50);
    }

    @Test
    void aPipelineOverAllSlots() throws Exception {
        Connection connection = connect();
        // The cluster client connects to a node at its first command. While it does, it can lose a flush: what is
        // withheld
        // then stays where it is, one time in some hundred, in front of a real cluster as well.
        assertThat(connection.sync().get(names.of("none"))).isNull();
        connection.connection().setAutoFlushCommands(false);
        List<RedisFuture<Long>> counters = new ArrayList<>();
        List<RedisFuture<String>> values = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            counters.add(connection.async().incrby(names.of("counter" + i), i));
            values.add(connection.async().get(names.of("counter" + i)));
        }
        connection.connection().flushCommands();
        connection.connection().setAutoFlushCommands(true);
        for (int i = 0; i < 500; i++) {
            assertThat(counters.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
            assertThat(values.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void channelsAndPatterns() {
        RedisClusterCommands<String, String> redis = connect().sync();
        StatefulRedisPubSubConnection<String, String> subscriber = connectPubSub();
        var messages = new ConcurrentLinkedQueue<String>();
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                messages.add(channel + "=" + message);
            }

            @Override
            public void message(String pattern, String channel, String message) {
                messages.add(pattern + " " + channel + "=" + message);
            }
        });
        subscriber.sync().subscribe(names.of("c1"), names.of("c2"));
        subscriber.sync().psubscribe(names.of("p*"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            redis.publish(names.of("c1"), "m" + i);
            redis.publish(names.of("p" + i), "m" + i);
            expected.add(names.of("c1") + "=m" + i);
            expected.add(names.of("p*") + " " + names.of("p" + i) + "=m" + i);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(messages).containsExactlyElementsOf(expected));
        subscriber.sync().unsubscribe(names.of("c1"));
        await().atMost(Duration.ofSeconds(30)).until(() -> redis.publish(names.of("c1"), "nobody") == 0);
        subscriber.sync().punsubscribe(names.of("p*"));
        subscriber.sync().unsubscribe(names.of("c2"));
    }

    @Test
    void aBlockingPopWaitsAndDoesNotHoldUpOthers() throws Exception {
        RedisClusterCommands<String, String> redis = connect().sync();
        Connection blocked = connect();
        RedisFuture<KeyValue<String, String>> popped = blocked.async().blpop(20.0, names.of("queue"));
        assertThat(redis.set(names.of("meanwhile"), "yes")).isEqualTo("OK");
        redis.rpush(names.of("queue"), "job");
        assertThat(popped.get(30, TimeUnit.SECONDS)).isEqualTo(KeyValue.just(names.of("queue"), "job"));
        assertThat(blocked.sync().blpop(0.05, names.of("queue"))).isNull();
        redis.zadd(names.of("zqueue"), 1, "first");
        assertThat(blocked.sync().bzpopmin(1, names.of("zqueue")).getValue().getValue())
                .isEqualTo("first");
    }

    @Test
    void aStreamWithAConsumerGroup() throws Exception {
        RedisClusterCommands<String, String> redis = connect().sync();
        String key = names.of("stream");
        redis.xgroupCreate(StreamOffset.latest(key), "group", XGroupCreateArgs.Builder.mkstream());
        RedisFuture<List<StreamMessage<String, String>>> read = connect()
                .async()
                .xreadgroup(
                        Consumer.from("group", "me"),
                        XReadArgs.Builder.block(20_000).count(10),
                        StreamOffset.lastConsumed(key));
        String id = redis.xadd(key, "field", "value");
        assertThat(read.get(30, TimeUnit.SECONDS)).singleElement().satisfies(message -> {
            assertThat(message.getId()).isEqualTo(id);
            assertThat(message.getBody()).isEqualTo(Map.of("field", "value"));
        });
        assertThat(redis.xpending(key, "group").getCount()).isEqualTo(1);
        assertThat(redis.xautoclaim(key, XAutoClaimArgs.Builder.xautoclaim(Consumer.from("group", "you"), 0, "0"))
                        .getMessages())
                .extracting(StreamMessage::getId)
                .containsExactly(id);
        assertThat(redis.xack(key, "group", id)).isEqualTo(1);
    }

    @Test
    void aScriptIsSentWhereItIsMissing() {
        RedisClusterCommands<String, String> redis = connect().sync();
        String script = "-- " + names.of("") + "\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])";
        String digest = redis.digest(script);
        for (int i = 0; i < 30; i++) {
            assertThat(evaluate(redis, script, digest, names.of("script" + i))).isEqualTo(42L);
        }
        assertThat(redis.scriptExists(digest)).containsExactly(true);
    }

    /** As applications with Lettuce do. */
    private static Long evaluate(
            RedisClusterCommands<String, String> redis, String script, String digest, String... keys) {
        try {
            return redis.evalsha(digest, ScriptOutputType.INTEGER, keys, "42");
        } catch (RedisNoScriptException missing) {
            return redis.eval(script, ScriptOutputType.INTEGER, keys, "42");
        }
    }

    @Test
    void aScanFindsEveryKeyOnce() {
        RedisClusterCommands<String, String> redis = connect().sync();
        List<String> expected =
                IntStream.range(0, 300).mapToObj(i -> names.of("scan:" + i)).toList();
        expected.forEach(key -> redis.set(key, "x"));
        List<String> found = new ArrayList<>();
        ScanIterator.scan(redis, ScanArgs.Builder.matches(names.of("scan:*")).limit(50))
                .forEachRemaining(found::add);
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
}
