package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real cluster node says of keys, slots and nodes is what we make of it. */
class RealClusterIT {

    @TempDir
    Path folder;

    private RealRedis redis;
    private RespSocket client;

    @BeforeEach
    void start() {
        redis = new RealRedis("cluster-enabled yes", "dir " + folder);
        client = redis.connect();
    }

    @AfterEach
    void stop() {
        client.close();
        redis.close();
    }

    @Test
    void slotsOfKeysAreRediss() {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] key = new byte[random.nextInt(20)];
            for (int at = 0; at < key.length; at++) {
                key[at] = (byte) (random.nextInt(4) == 0 ? "{}".charAt(random.nextInt(2)) : random.nextInt(256));
            }
            RespValue slot = client.call(List.of(
                    "CLUSTER".getBytes(StandardCharsets.US_ASCII), "KEYSLOT".getBytes(StandardCharsets.US_ASCII), key));
            assertThat(new IntegerValue(SlotHash.slot(Unpooled.wrappedBuffer(key), 0, key.length)))
                    .isEqualTo(slot);
        }
    }

    @Test
    void topologyIsWhatTheNodeSays() {
        Node asked = new Node("asked", redis.port());
        assertThat(topology(asked).shards()).isEmpty();
        client.call("CLUSTER", "ADDSLOTSRANGE", "0", "99", "200", "16383");
        Topology topology = topology(asked);
        // A node that is alone knows no address of its own.
        assertThat(topology.shards()).containsExactly(new Shard(asked, List.of()));
        assertThat(topology.shardIndexOf(99)).isZero();
        assertThat(topology.shardIndexOf(100)).isEqualTo(Topology.UNCOVERED);
        assertThat(topology.coversAllSlots()).isFalse();
    }

    @Test
    void topologyIsTheSameInBothProtocols() {
        Node asked = new Node("asked", redis.port());
        client.call("CONFIG", "SET", "cluster-preferred-endpoint-type", "hostname");
        client.call("CONFIG", "SET", "cluster-announce-hostname", "redis-0.redis");
        client.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        Topology resp2 = topology(asked);
        client.call("HELLO", "3");
        assertThat(topology(asked)).isEqualTo(resp2);
        assertThat(resp2.nodes()).containsExactly(new Node("redis-0.redis", redis.port()));
    }

    private Topology topology(Node asked) {
        return ClusterSlots.view(client.call("CLUSTER", "SLOTS"), asked).topology();
    }
}
