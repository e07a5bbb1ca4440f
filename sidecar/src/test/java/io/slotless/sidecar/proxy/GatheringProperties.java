package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GatheringProperties {

    private static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    @Property(tries = 50)
    void commandsOfAnySizeInPiecesOfAnySizeComeOutWhole(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 300_000) Integer> values,
            @ForAll @IntRange(min = 10_000, max = 70_000) int largestPiece,
            @ForAll Random random) {
        ByteBuf sent = ALLOCATOR.buffer();
        for (int value : values) {
            byte[] bytes = new byte[value];
            random.nextBytes(bytes);
            ByteBuf command = CommandFrame.of(List.of("SET".getBytes(), "key".getBytes(), bytes))
                    .buffer();
            sent.writeBytes(command, command.readerIndex(), command.readableBytes());
        }
        RequestBudget budget = new RequestBudget(RespLimits.DEFAULT, () -> 0);
        Intake intake = new Intake(budget, () -> {});
        // Each is still on its way when the next ones come.
        List<ByteBuf> taken = new ArrayList<>();
        for (int at = 0; at < sent.writerIndex(); ) {
            int size = Math.min(1 + random.nextInt(largestPiece), sent.writerIndex() - at);
            intake.add(
                    ALLOCATOR,
                    ALLOCATOR.directBuffer(size + random.nextInt(size)).writeBytes(sent, at, size));
            at += size;
            while (!intake.isEmpty()) {
                if (intake.next() == RequestDecoder.Step.COMMAND) {
                    CommandFrame frame = intake.command();
                    taken.add(frame.buffer().retainedSlice(frame.offset(), frame.length()));
                    intake.commandTaken();
                } else {
                    assertThat(intake.awaitRest(ALLOCATOR)).isTrue();
                    break;
                }
            }
        }
        assertThat(intake.isEmpty()).isTrue();
        assertThat(taken).hasSameSizeAs(values);
        ByteBuf whole = ALLOCATOR.buffer();
        taken.forEach(whole::writeBytes);
        assertThat(ByteBufUtil.equals(whole, sent)).isTrue();
        taken.forEach(ByteBuf::release);
        whole.release();
        sent.release();
        assertThat(budget.free()).isEqualTo(RespLimits.DEFAULT.maxCommandLength());
    }

    @Example
    void aLargeCommandStaysWhereItWasReadTo() {
        ByteBuf first = ALLOCATOR.directBuffer(Gathering.LARGE, Gathering.LARGE).writeZero(Gathering.LARGE);
        ByteBuf second =
                ALLOCATOR.directBuffer(Gathering.LARGE, Gathering.LARGE).writeZero(Gathering.LARGE);
        RequestBudget budget = new RequestBudget(RespLimits.DEFAULT, () -> 0);
        LargeRequest both = new LargeRequest(ALLOCATOR, first, budget.claim(() -> {}));
        both.append(second);
        first.setByte(1, 'a');
        second.setByte(1, 'b');
        assertThat(both.getByte(1)).isEqualTo((byte) 'a');
        assertThat(both.getByte(Gathering.LARGE + 1)).isEqualTo((byte) 'b');
        both.release();
        assertThat(first.refCnt() + second.refCnt()).isZero();
    }
}
