package io.slotless.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.api.RBatch;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RFuture;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RStream;
import org.redisson.api.RTransaction;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.api.TransactionOptions;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.config.Protocol;

/** Redisson, as an application that knows only plain Redis uses it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("targets")
@Timeout(90)
class RedissonIT {

    private final Names names = new Names();
    private final RedissonClients clients;
    private final RedissonClient redisson;

    RedissonIT(Target target, Protocol protocol) {
        clients = new RedissonClients(target, protocol);
        redisson = clients.connect();
    }

    static Stream<Arguments> targets() {
        return RedissonClients.targets();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void structures() {
        redisson.getBucket(names.of("s")).set("bar");
        assertThat(redisson.getBucket(names.of("s")).get()).isEqualTo("bar");
        assertThat(redisson.getBucket(names.of("s")).setIfAbsent("again")).isFalse();
        assertThat(redisson.getBucket(names.of("s")).expire(Duration.ofSeconds(100)))
                .isTrue();
        assertThat(redisson.getBucket(names.of("s")).remainTimeToLive()).isBetween(90_000L, 100_000L);
        RMap<String, String> map = redisson.getMap(names.of("h"));
        assertThat(map.put("a", "1")).isNull();
        assertThat(map.put("a", "2")).isEqualTo("1");
        assertThat(map.readAllMap()).isEqualTo(Map.of("a", "2"));
        assertThat(redisson.getList(names.of("l")).addAll(List.of("a", "b", "c")))
                .isTrue();
        assertThat(redisson.getList(names.of("l")).readAll()).isEqualTo(List.of("a", "b", "c"));
        assertThat(redisson.getSet(names.of("set")).addAll(Set.of("x", "y"))).isTrue();
        assertThat(new HashSet<>(redisson.getSet(names.of("set")).readAll())).isEqualTo(Set.of("x", "y"));
        RScoredSortedSet<String> sorted = redisson.getScoredSortedSet(names.of("z"));
        assertThat(sorted.add(1.5, "one")).isTrue();
        assertThat(sorted.getScore("one")).isEqualTo(1.5);
        assertThat(redisson.getAtomicLong(names.of("counter")).addAndGet(42)).isEqualTo(42);
    }

    @Test
    void keysOfManySlotsInOneCommand() {
        Map<String, String> values = new HashMap<>();
        IntStream.range(0, 50).forEach(i -> values.put(names.of("m" + i), Integer.toString(i)));
        redisson.getBuckets().set(values);
        assertThat(redisson.getBuckets().get(values.keySet().toArray(String[]::new)))
                .isEqualTo(values);
        assertThat(redisson.getKeys().delete(values.keySet().toArray(String[]::new)))
                .isEqualTo(50);
    }

    @Test
    void aBatchOverAllSlots() {
        RBatch batch = redisson.createBatch();
        List<RFuture<Long>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            replies.add(batch.getAtomicLong(names.of("counter" + i)).addAndGetAsync(i));
        }
        assertThat(batch.execute().getResponses()).hasSize(500);
        for (int i = 0; i < 500; i++) {
            assertThat(replies.get(i).toCompletableFuture().join()).isEqualTo(i);
        }
    }

    /** MULTI and EXEC around what was queued in the client. */
    @Test
    void anAtomicBatch() {
        RBatch batch = redisson.createBatch(BatchOptions.defaults().executionMode(ExecutionMode.IN_MEMORY_ATOMIC));
        batch.getAtomicLong(names.tagged("a")).incrementAndGetAsync();
        batch.getAtomicLong(names.tagged("b")).addAndGetAsync(2);
        batch.getAtomicLong(names.tagged("a")).incrementAndGetAsync();
        assertThat(batch.execute().getResponses()).isEqualTo(List.of(1L, 2L, 2L));
    }

    @Test
    void aTransaction() {
        RTransaction transaction = redisson.createTransaction(TransactionOptions.defaults());
        transaction.getMap(names.tagged("map")).put("a", "1");
        transaction.getBucket(names.tagged("bucket")).set("x");
        assertThat(redisson.getBucket(names.tagged("bucket")).get()).isNull();
        transaction.commit();
        assertThat(redisson.getBucket(names.tagged("bucket")).get()).isEqualTo("x");
        assertThat(redisson.getMap(names.tagged("map")).get("a")).isEqualTo("1");
    }

    @Test
    void channelsAndPatterns() {
        var messages = new ConcurrentLinkedQueue<String>();
        int listener = redisson.getTopic(names.of("c1"))
                .addListener(String.class, (channel, message) -> messages.add(channel + "=" + message));
        redisson.getPatternTopic(names.of("p*"))
                .addListener(
                        String.class,
                        (pattern, channel, message) -> messages.add(pattern + " " + channel + "=" + message));
        RedissonClient publisher = clients.connect();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            assertThat(publisher.getTopic(names.of("c1")).publish("m" + i)).isEqualTo(1);
            assertThat(publisher.getTopic(names.of("p" + i)).publish("m" + i)).isEqualTo(1);
            expected.add(names.of("c1") + "=m" + i);
            expected.add(names.of("p*") + " " + names.of("p" + i) + "=m" + i);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(messages).containsExactlyInAnyOrderElementsOf(expected));
        redisson.getTopic(names.of("c1")).removeListener(listener);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> publisher.getTopic(names.of("c1")).publish("nobody") == 0);
    }

    @Test
    void aBlockingQueue() throws Exception {
        RBlockingQueue<String> queue = redisson.getBlockingQueue(names.of("queue"));
        var taken = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.poll(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        clients.connect().getBlockingQueue(names.of("queue")).add("job");
        assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo("job");
        assertThat(queue.poll(1, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void aStreamWithAConsumerGroup() throws Exception {
        RStream<String, String> stream = redisson.getStream(names.of("stream"));
        stream.createGroup(StreamCreateGroupArgs.name("group").makeStream());
        var read = CompletableFuture.supplyAsync(() -> stream.readGroup(
                "group", "me", StreamReadGroupArgs.neverDelivered().timeout(Duration.ofSeconds(20))));
        StreamMessageId id = clients.connect()
                .<String, String>getStream(names.of("stream"))
                .add(StreamAddArgs.entry("field", "value"));
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(Map.of(id, Map.of("field", "value")));
        assertThat(stream.getPendingInfo("group").getTotal()).isEqualTo(1);
        assertThat(stream.ack("group", id)).isEqualTo(1);
    }

    @Test
    void scripts() {
        String script = "-- " + names.of("") + "\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])";
        String digest = redisson.getScript().scriptLoad(script);
        for (int i = 0; i < 30; i++) {
            Long reply = redisson.getScript()
                    .evalSha(Mode.READ_WRITE, digest, ReturnType.LONG, List.of(names.of("script" + i)), "42");
            assertThat(reply).isEqualTo(42);
        }
    }

    @Test
    void aScanFindsEveryKeyOnce() {
        List<String> expected =
                IntStream.range(0, 300).mapToObj(i -> names.of("scan:" + i)).toList();
        RBatch batch = redisson.createBatch();
        expected.forEach(key -> batch.getBucket(key).setAsync("x"));
        batch.execute();
        assertThat(redisson.getKeys().getKeysStreamByPattern(names.of("scan:*"), 50))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Built of several keys and scripts, all with the hash tag that Redisson gives them. */
    @Test
    void aMapWhoseEntriesExpireAndALimitOfRate() {
        RMapCache<String, String> cache = redisson.getMapCache(names.of("cache"));
        cache.put("short", "x", 300, TimeUnit.MILLISECONDS);
        cache.put("long", "x", 100, TimeUnit.SECONDS);
        assertThat(cache.get("short")).isEqualTo("x");
        await().atMost(Duration.ofSeconds(30)).until(() -> cache.get("short") == null);
        assertThat(cache.get("long")).isEqualTo("x");
        var limiter = redisson.getRateLimiter(names.of("rate"));
        assertThat(limiter.trySetRate(RateType.OVERALL, 2, Duration.ofMinutes(1)))
                .isTrue();
        assertThat(limiter.tryAcquire(2)).isTrue();
        assertThat(limiter.tryAcquire()).isFalse();
    }
}
