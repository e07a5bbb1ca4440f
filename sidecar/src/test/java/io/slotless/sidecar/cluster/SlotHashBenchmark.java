package io.slotless.sidecar.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The slot of a key. */
@State(Scope.Thread)
public class SlotHashBenchmark {

    private final ByteBuf key = bytes("key:000000012345");
    private final ByteBuf tagged = bytes("{user:1000}.following");
    private final ByteBuf longKey = bytes("k".repeat(256));

    @Benchmark
    public int keyOf16Bytes() {
        return SlotHash.slot(key, 0, key.readableBytes());
    }

    @Benchmark
    public int keyWithTag() {
        return SlotHash.slot(tagged, 0, tagged.readableBytes());
    }

    @Benchmark
    public int keyOf256Bytes() {
        return SlotHash.slot(longKey, 0, longKey.readableBytes());
    }

    private static ByteBuf bytes(String key) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        bytes.writeCharSequence(key, StandardCharsets.US_ASCII);
        return bytes;
    }
}
