package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.slotless.sidecar.resp.ByteSink;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One reply of those to the ten parts of a command. */
@State(Scope.Thread)
public class MergingBenchmark {

    private static final int PARTS = 10;

    private final MergedReply merged = new MergedReply();
    private final Same values = new Same("*1\r\n$64\r\n" + "v".repeat(64) + "\r\n");
    private final Same numbers = new Same(":1\r\n");
    private final Same agreement = new Same("+OK\r\n");
    private final SplitPlan mget = plan(SplitMerge.ELEMENTS);
    private final SplitPlan del = plan(SplitMerge.SUM);
    private final SplitPlan mset = plan(SplitMerge.AGREEMENT);
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private final ByteSink sink = out::writeBytes;

    @Benchmark
    public ByteBuf valuesOfMget() {
        return merge(mget, values);
    }

    @Benchmark
    public ByteBuf numbersOfDel() {
        return merge(del, numbers);
    }

    @Benchmark
    public ByteBuf agreementOfMset() {
        return merge(mset, agreement);
    }

    private ByteBuf merge(SplitPlan plan, PartReplies replies) {
        out.clear();
        merged.write(plan, replies, sink);
        return out;
    }

    private static SplitPlan plan(SplitMerge merge) {
        SplitPlan plan = new SplitPlan();
        plan.begin(1, merge, PARTS);
        for (int key = 0; key < PARTS; key++) {
            plan.add(1 + key, 1000 * key);
        }
        return plan;
    }

    /** Each part got the same reply. */
    private static final class Same implements PartReplies {

        private final ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();

        Same(String reply) {
            bytes.writeCharSequence(reply, StandardCharsets.US_ASCII);
        }

        @Override
        public ByteBuf buffer(int part) {
            return bytes;
        }

        @Override
        public int start(int part) {
            return 0;
        }

        @Override
        public int length(int part) {
            return bytes.readableBytes();
        }
    }
}
