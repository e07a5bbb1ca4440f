package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RMap;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/** Clients that know nothing of clusters work on a cluster, each as its users use it. */
class RedisClientsIT {

    private static final String CROSSING = "return redis.call('INCRBY', KEYS[1], ARGV[1])";

    private final Stage stage = Stage.shared();

    @BeforeEach
    void empty() {
        stage.cluster().flush();
    }

    @Test
    void jedis() {
        InetSocketAddress host = stage.clusterHost();
        try (JedisPooled jedis = new JedisPooled(host.getHostString(), host.getPort())) {
            assertThat(jedis.set("foo", "bar")).isEqualTo("OK");
            assertThat(jedis.get("foo")).isEqualTo("bar");
            assertThat(jedis.set("foo", "again", SetParams.setParams().nx())).isNull();
            assertThat(jedis.hset("hash", Map.of("a", "1", "b", "2"))).isEqualTo(2);
            assertThat(jedis.hgetAll("hash")).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(jedis.rpush("list", "a", "b", "c")).isEqualTo(3);
            assertThat(jedis.lrange("list", 0, -1)).containsExactly("a", "b", "c");
            assertThat(jedis.sadd("set", "x", "y", "x")).isEqualTo(2);
            assertThat(jedis.smembers("set")).containsExactlyInAnyOrder("x", "y");
            assertThat(jedis.zadd("zset", Map.of("one", 1.0, "two", 2.0))).isEqualTo(2);
            assertThat(jedis.zrangeWithScores("zset", 0, -1))
                    .extracting("score")
                    .containsExactly(1.0, 2.0);
            StreamEntryID id = jedis.xadd("stream", StreamEntryID.NEW_ENTRY, Map.of("field", "value"));
            assertThat(jedis.xread(XReadParams.xReadParams(), Map.of("stream", new StreamEntryID(0))))
                    .first()
                    .satisfies(entry -> assertThat(entry.getValue())
                            .extracting(StreamEntry::getID)
                            .containsExactly(id));
            assertThat(jedis.mset("a", "1", "b", "2", "c", "3")).isEqualTo("OK");
            assertThat(jedis.mget("c", "none", "a", "b")).containsExactly("3", null, "1", "2");
            assertThat(jedis.eval(CROSSING, List.of("a"), List.of("41"))).isEqualTo(42L);
            assertThat(jedis.expire("foo", 100)).isEqualTo(1);
            assertThat(jedis.ttl("foo")).isBetween(90L, 100L);
            assertThatThrownBy(() -> jedis.incr("foo"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessage("ERR value is not an integer or out of range");
            assertThat(jedis.del("a", "b", "none")).isEqualTo(2);
            List<Response<Long>> replies = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < 200; i++) {
                    replies.add(pipeline.incrBy("counter-" + i, i));
                }
            }
            for (int i = 0; i < 200; i++) {
                assertThat(replies.get(i).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void lettuce() throws Exception {
        InetSocketAddress host = stage.clusterHost();
        RedisClient client = RedisClient.create("redis://" + host.getHostString() + ":" + host.getPort());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            assertThat(redis.ping()).isEqualTo("PONG");
            assertThat(redis.set("foo", "bar")).isEqualTo("OK");
            assertThat(redis.get("foo")).isEqualTo("bar");
            assertThat(redis.hset("hash", Map.of("a", "1", "b", "2"))).isEqualTo(2);
            assertThat(redis.hgetall("hash")).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(redis.rpush("list", "a", "b", "c")).isEqualTo(3);
            assertThat(redis.lrange("list", 0, -1)).containsExactly("a", "b", "c");
            assertThat(redis.sadd("set", "x", "y", "x")).isEqualTo(2);
            assertThat(redis.smembers("set")).containsExactlyInAnyOrder("x", "y");
            assertThat(redis.zadd("zset", 1.5, "one")).isEqualTo(1);
            assertThat(redis.zscore("zset", "one")).isEqualTo(1.5);
            String id = redis.xadd("stream", "field", "value");
            assertThat(redis.xread(XReadArgs.StreamOffset.from("stream", "0")))
                    .extracting(StreamMessage::getId)
                    .containsExactly(id);
            assertThat(redis.mset(Map.of("a", "1", "b", "2", "c", "3"))).isEqualTo("OK");
            assertThat(redis.mget("c", "none", "a"))
                    .containsExactly(KeyValue.just("c", "3"), KeyValue.empty("none"), KeyValue.just("a", "1"));
            assertThat(redis.<Long>eval(CROSSING, ScriptOutputType.INTEGER, new String[] {"a"}, "41"))
                    .isEqualTo(42L);
            assertThat(redis.pexpire("foo", Duration.ofSeconds(100))).isTrue();
            assertThat(redis.ttl("foo")).isBetween(90L, 100L);
            assertThatThrownBy(() -> redis.lpush("foo", "x"))
                    .isInstanceOf(RedisCommandExecutionException.class)
                    .hasMessageStartingWith("WRONGTYPE");
            pipelineOf(connection.async());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private static void pipelineOf(RedisAsyncCommands<String, String> redis) throws Exception {
        redis.setAutoFlushCommands(false);
        List<RedisFuture<Long>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            replies.add(redis.incrby("counter-" + i, i));
        }
        redis.flushCommands();
        redis.setAutoFlushCommands(true);
        for (int i = 0; i < 200; i++) {
            assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    @Test
    void redisson() {
        InetSocketAddress host = stage.clusterHost();
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + host.getHostString() + ":" + host.getPort())
                .setConnectionMinimumIdleSize(2)
                .setConnectionPoolSize(4);
        RedissonClient redisson = Redisson.create(config);
        try {
            redisson.getBucket("foo").set("bar");
            assertThat(redisson.getBucket("foo").get()).isEqualTo("bar");
            assertThat(redisson.getBucket("foo").setIfAbsent("again")).isFalse();
            RMap<String, String> map = redisson.getMap("hash");
            assertThat(map.put("a", "1")).isNull();
            assertThat(map.put("a", "2")).isEqualTo("1");
            assertThat(map.readAllMap()).isEqualTo(Map.of("a", "2"));
            assertThat(redisson.getList("list").addAll(List.of("a", "b", "c"))).isTrue();
            assertThat(redisson.getList("list").readAll()).isEqualTo(List.of("a", "b", "c"));
            assertThat(redisson.getSet("set").addAll(Set.of("x", "y"))).isTrue();
            assertThat(new HashSet<>(redisson.getSet("set").readAll())).isEqualTo(Set.of("x", "y"));
            RScoredSortedSet<String> sorted = redisson.getScoredSortedSet("zset");
            assertThat(sorted.add(1.5, "one")).isTrue();
            assertThat(sorted.getScore("one")).isEqualTo(1.5);
            assertThat(redisson.getAtomicLong("counter").addAndGet(42)).isEqualTo(42);
            redisson.getBuckets().set(Map.of("a", "1", "b", "2", "c", "3"));
            assertThat(redisson.getBuckets().get("c", "none", "a", "b"))
                    .isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
            assertThat(redisson.getBucket("foo").expire(Duration.ofSeconds(100)))
                    .isTrue();
            assertThat(redisson.getBucket("foo").remainTimeToLive()).isBetween(90_000L, 100_000L);
            RBatch batch = redisson.createBatch();
            List<RFuture<Long>> replies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                replies.add(batch.getAtomicLong("counter-" + i).addAndGetAsync(i));
            }
            batch.execute();
            for (int i = 0; i < 200; i++) {
                assertThat(replies.get(i).toCompletableFuture().join()).isEqualTo(i);
            }
        } finally {
            redisson.shutdown();
        }
    }

    @Test
    void redisCli() throws Exception {
        Path cli = redisCliProgram();
        assertThat(run(cli, "SET", "foo", "bar")).isEqualTo("OK\n");
        assertThat(run(cli, "GET", "foo")).isEqualTo("bar\n");
        assertThat(run(cli, "-3", "HSET", "hash", "a", "1", "b", "2")).isEqualTo("2\n");
        assertThat(run(cli, "-3", "--no-raw", "HGETALL", "hash")).isEqualTo("1# \"a\" => \"1\"\n2# \"b\" => \"2\"\n");
        assertThat(run(cli, "RPUSH", "list", "a", "b", "c")).isEqualTo("3\n");
        assertThat(run(cli, "LRANGE", "list", "0", "-1")).isEqualTo("a\nb\nc\n");
        assertThat(run(cli, "SADD", "set", "x")).isEqualTo("1\n");
        assertThat(run(cli, "ZADD", "zset", "1.5", "one")).isEqualTo("1\n");
        assertThat(run(cli, "XADD", "stream", "1-1", "field", "value")).isEqualTo("1-1\n");
        assertThat(run(cli, "MSET", "a", "1", "b", "2", "c", "3")).isEqualTo("OK\n");
        assertThat(run(cli, "MGET", "c", "b", "a")).isEqualTo("3\n2\n1\n");
        assertThat(run(cli, "EVAL", CROSSING, "1", "a", "41")).isEqualTo("42\n");
        assertThat(run(cli, "EXPIRE", "foo", "100")).isEqualTo("1\n");
        assertThat(run(cli, "INCR", "foo")).isEqualTo("ERR value is not an integer or out of range\n\n");
        assertThat(run(cli, "NOSUCHCOMMAND")).startsWith("ERR unknown command 'NOSUCHCOMMAND'");
        // Interactive use: one connection, and COMMAND DOCS for its help.
        assertThat(conversation(cli, "SET k v\nGET k\nDEL k foo\n")).isEqualTo("OK\nv\n2\n");
    }

    /** Not on Maven Central: from TEST_REDIS_CLI or the path. Where it must be there (CI), its absence fails. */
    private static Path redisCliProgram() {
        String given = System.getenv("TEST_REDIS_CLI");
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "redis-cli"));
        Path cli = candidates.filter(Files::isExecutable).findFirst().orElse(null);
        String absent = "redis-cli is not here, so it is NOT TESTED: install redis-tools, or set TEST_REDIS_CLI";
        if (cli == null) {
            System.err.println("WARNING: " + absent);
            assertThat(Boolean.getBoolean("test.redis-cli.required")).as(absent).isFalse();
        }
        Assumptions.assumeTrue(cli != null, absent);
        return cli;
    }

    private String run(Path cli, String... arguments) throws Exception {
        return output(cli, List.of(arguments), "");
    }

    private String conversation(Path cli, String input) throws Exception {
        return output(cli, List.of(), input);
    }

    private String output(Path cli, List<String> arguments, String input) throws Exception {
        InetSocketAddress host = stage.clusterHost();
        List<String> command = new ArrayList<>(
                List.of(cli.toString(), "-h", host.getHostString(), "-p", Integer.toString(host.getPort())));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
