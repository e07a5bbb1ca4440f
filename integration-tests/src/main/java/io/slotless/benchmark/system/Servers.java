package io.slotless.benchmark.system;

import io.slotless.benchmark.load.Keys;
import io.slotless.benchmark.load.Workload;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisCluster;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import io.slotless.fixture.resp.Reply;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A single Redis, and a cluster of three primaries with a replica each. */
public final class Servers implements AutoCloseable {

    private static final int PRIMARIES = 3;
    private static final Duration NODE_TIMEOUT = Duration.ofSeconds(15);
    private static final int BYTES_AT_ONCE = 256 * 1024;

    private final RedisServer single;
    private final RedisCluster cluster;

    private Servers(RedisServer single, RedisCluster cluster) {
        this.single = single;
        this.cluster = cluster;
    }

    public static Servers start() {
        int nodes = 2 * PRIMARIES;
        List<InetSocketAddress> addresses = Loopback.reserve(nodes + 1, List.of("127.0.0.1"), 0);
        return new Servers(
                RedisServer.start(addresses.get(nodes)), RedisCluster.start(addresses.subList(0, nodes), NODE_TIMEOUT));
    }

    public RedisServer single() {
        return single;
    }

    public RedisCluster cluster() {
        return cluster;
    }

    /** Redis itself. */
    public Target direct() {
        return new Target(
                Variant.of("Redis", Mode.DIRECT), single.address(), List.of(Long.parseLong(single.info("process_id"))));
    }

    public String version() {
        return "Redis " + single.info("redis_version");
    }

    /**
     * Gives every key of this size its value.
     *
     * @param target leads to the server or the cluster
     */
    public static void fill(Target target, int valueBytes) {
        int keys = Keys.count(valueBytes);
        int batch = Math.max(1, BYTES_AT_ONCE / valueBytes);
        byte[] value = Workload.value(valueBytes);
        try (PlainRedisClient client = PlainRedisClient.connect(target.address())) {
            for (int key = 0; key < keys; ) {
                List<List<byte[]>> commands = new ArrayList<>();
                for (int end = Math.min(keys, key + batch); key < end; key++) {
                    byte[] name = Keys.key(valueBytes, key).getBytes(StandardCharsets.US_ASCII);
                    commands.add(List.of("SET".getBytes(StandardCharsets.US_ASCII), name, value));
                }
                client.pipeline(commands).stream()
                        .filter(Reply::isError)
                        .findFirst()
                        .ifPresent(error -> {
                            throw new IllegalStateException(target.variant() + ": " + error.text());
                        });
            }
        }
    }

    @Override
    public void close() {
        cluster.close();
        single.close();
    }
}
