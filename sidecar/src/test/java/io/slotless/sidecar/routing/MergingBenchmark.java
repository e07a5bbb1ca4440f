package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One reply of those to the ten parts of a command. */
@State(Scope.Thread)
public class MergingBenchmark {

    private static final int PARTS = 10;

    private final Merge inOrder = Merges.inOrderOfKeys(IntStream.range(0, PARTS).toArray());
    private final List<ByteBuf> values = parts("*1\r\n$64\r\n" + "v".repeat(64) + "\r\n");
    private final List<ByteBuf> numbers = parts(":1\r\n");
    private final List<ByteBuf> agreement = parts("+OK\r\n");
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);

    @Benchmark
    public ByteBuf valuesOfMget() {
        inOrder.merge(values, out.clear());
        return out;
    }

    @Benchmark
    public ByteBuf numbersOfDel() {
        Merges.SUM.merge(numbers, out.clear());
        return out;
    }

    @Benchmark
    public ByteBuf agreementOfMset() {
        Merges.FIRST.merge(agreement, out.clear());
        return out;
    }

    private static List<ByteBuf> parts(String reply) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        bytes.writeCharSequence(reply, StandardCharsets.US_ASCII);
        return Collections.nCopies(PARTS, bytes);
    }
}
