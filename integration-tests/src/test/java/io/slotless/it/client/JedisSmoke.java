package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;

/** What Jedis's clients for a single Redis and for a cluster have in common. */
@Timeout(60)
abstract class JedisSmoke {

    final Names names = new Names();
    final UnifiedJedis jedis;

    JedisSmoke(UnifiedJedis jedis) {
        this.jedis = jedis;
    }

    static HostAndPort server(Target target) {
        return new HostAndPort(target.host(), target.port());
    }

    static JedisClientConfig config(RedisProtocol protocol) {
        return DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .clientName("suite")
                .socketTimeoutMillis(30_000)
                .build();
    }

    @AfterEach
    void close() {
        jedis.close();
    }

    @Test
    void valuesOfAllTypes() {
        assertThat(jedis.set(names.of("s"), "bar")).isEqualTo("OK");
        assertThat(jedis.set(names.of("s"), "again", SetParams.setParams().nx()))
                .isNull();
        assertThat(jedis.get(names.of("s"))).isEqualTo("bar");
        assertThat(jedis.expire(names.of("s"), 100)).isEqualTo(1);
        assertThat(jedis.ttl(names.of("s"))).isBetween(90L, 100L);
        assertThat(jedis.hset(names.of("h"), Map.of("a", "1", "b", "2"))).isEqualTo(2);
        assertThat(jedis.hgetAll(names.of("h"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(jedis.rpush(names.of("l"), "a", "b", "c")).isEqualTo(3);
        assertThat(jedis.lrange(names.of("l"), 0, -1)).containsExactly("a", "b", "c");
        assertThat(jedis.sadd(names.of("set"), "x", "y", "x")).isEqualTo(2);
        assertThat(jedis.smembers(names.of("set"))).containsExactlyInAnyOrder("x", "y");
        assertThat(jedis.zadd(names.of("z"), Map.of("one", 1.5, "two", 2.0))).isEqualTo(2);
        assertThat(jedis.zrangeWithScores(names.of("z"), 0, -1))
                .extracting("score")
                .containsExactly(1.5, 2.0);
        assertThatThrownBy(() -> jedis.incr(names.of("s")))
                .isInstanceOf(JedisDataException.class)
                .hasMessage("ERR value is not an integer or out of range");
    }

    @Test
    void aPipelineOverAllSlots() {
        List<Response<Long>> counters = new ArrayList<>();
        List<Response<String>> values = new ArrayList<>();
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (int i = 0; i < 500; i++) {
                counters.add(pipeline.incrBy(names.of("counter" + i), i));
                values.add(pipeline.get(names.of("counter" + i)));
            }
        }
        for (int i = 0; i < 500; i++) {
            assertThat(counters.get(i).get()).isEqualTo(i);
            assertThat(values.get(i).get()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void channelsAndPatterns() throws Exception {
        var messages = new ConcurrentLinkedQueue<String>();
        JedisPubSub subscriber = new JedisPubSub() {
            @Override
            public void onMessage(String channel, String message) {
                messages.add(channel + "=" + message);
            }

            @Override
            public void onPMessage(String pattern, String channel, String message) {
                messages.add(pattern + " " + channel + "=" + message);
            }
        };
        var end = CompletableFuture.runAsync(() -> jedis.subscribe(subscriber, names.of("c1"), names.of("c2")));
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.getSubscribedChannels() == 2);
        subscriber.psubscribe(names.of("p*"));
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.getSubscribedChannels() == 3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jedis.publish(names.of("c1"), "m" + i);
            jedis.publish(names.of("p" + i), "m" + i);
            expected.add(names.of("c1") + "=m" + i);
            expected.add(names.of("p*") + " " + names.of("p" + i) + "=m" + i);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(messages).containsExactlyElementsOf(expected));
        subscriber.unsubscribe(names.of("c1"));
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.getSubscribedChannels() == 2);
        assertThat(jedis.publish(names.of("c1"), "nobody")).isZero();
        subscriber.unsubscribe();
        subscriber.punsubscribe();
        end.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aBlockingPopWaitsAndDoesNotHoldUpOthers() throws Exception {
        var popped = CompletableFuture.supplyAsync(() -> jedis.blpop(20.0, names.of("queue")));
        assertThat(jedis.set(names.of("meanwhile"), "yes")).isEqualTo("OK");
        jedis.rpush(names.of("queue"), "job");
        assertThat(popped.get(30, TimeUnit.SECONDS).getValue()).isEqualTo("job");
        assertThat(jedis.blpop(0.05, names.of("queue"))).isNull();
        assertThat(jedis.blmove(
                        names.tagged("from"), names.tagged("to"), ListDirection.LEFT, ListDirection.RIGHT, 0.05))
                .isNull();
        jedis.zadd(names.of("zqueue"), 1, "first");
        assertThat(jedis.bzpopmin(1, names.of("zqueue")).getValue().getElement())
                .isEqualTo("first");
    }

    @Test
    void aStreamWithAConsumerGroup() throws Exception {
        String key = names.of("stream");
        jedis.xgroupCreate(key, "group", StreamEntryID.XGROUP_LAST_ENTRY, true);
        XReadGroupParams waiting = XReadGroupParams.xReadGroupParams().count(10).block(20_000);
        var read = CompletableFuture.supplyAsync(() ->
                jedis.xreadGroup("group", "me", waiting, Map.of(key, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)));
        StreamEntryID id = jedis.xadd(key, StreamEntryID.NEW_ENTRY, Map.of("field", "value"));
        assertThat(read.get(30, TimeUnit.SECONDS)).singleElement().satisfies(stream -> {
            assertThat(stream.getKey()).isEqualTo(key);
            assertThat(stream.getValue()).singleElement().satisfies(entry -> {
                assertThat(entry.getID()).isEqualTo(id);
                assertThat(entry.getFields()).isEqualTo(Map.of("field", "value"));
            });
        });
        assertThat(jedis.xpending(key, "group").getTotal()).isEqualTo(1);
        assertThat(jedis.xautoclaim(key, "group", "you", 0, new StreamEntryID(), new XAutoClaimParams())
                        .getValue())
                .extracting("ID")
                .containsExactly(id);
        assertThat(jedis.xack(key, "group", id)).isEqualTo(1);
    }

    @Test
    void aScriptIsSentWhereItIsMissing() {
        String script = "-- " + names.of("") + "\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])";
        String digest = jedis.scriptLoad(script, names.of("any"));
        for (int i = 0; i < 30; i++) {
            assertThat(evaluate(script, digest, names.of("script" + i))).isEqualTo(42L);
        }
        assertThatThrownBy(() -> jedis.evalsha("0".repeat(40), 1, names.of("a")))
                .isInstanceOf(JedisNoScriptException.class);
    }

    /** As applications with Jedis do. */
    private Object evaluate(String script, String digest, String key) {
        try {
            return jedis.evalsha(digest, List.of(key), List.of("42"));
        } catch (JedisNoScriptException missing) {
            return jedis.eval(script, List.of(key), List.of("42"));
        }
    }
}
