package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.routing.PlannedSplit;
import io.slotless.sidecar.routing.SplitPlan;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.TickFlusher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Arrays in pieces, whichever comes first, against what a server would have said to the whole command. */
class StreamedElementsProperties {

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final BatchedWriter out =
            new BatchedWriter(channel.pipeline().firstContext(), new TickFlusher(new DefaultEventLoop()));

    @Property(tries = 300)
    void theElementsComeInTheOrderOfTheKeys(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 4) Integer> slots, @ForAll Random random) {
        SplitPlan plan = PlannedSplit.of(slots);
        StringBuilder expected = new StringBuilder("*" + slots.size() + "\r\n");
        List<StringBuilder> parts =
                Stream.generate(StringBuilder::new).limit(plan.parts()).toList();
        for (int key = 0; key < slots.size(); key++) {
            String element = random.nextInt(5) == 0 ? "$-1\r\n" : bulk(random.nextInt(40) * random.nextInt(2000));
            expected.append(element);
            parts.get(plan.part(key)).append(element);
        }
        for (int part = 0; part < plan.parts(); part++) {
            parts.get(part).insert(0, "*" + plan.keys(part) + "\r\n");
        }
        StreamedElements elements = elements(plan);
        List<Integer> left = new ArrayList<>();
        for (int part = 0; part < plan.parts(); part++) {
            left.add(part);
        }
        while (!left.isEmpty()) {
            int part = left.get(random.nextInt(left.size()));
            StringBuilder rest = parts.get(part);
            int length = 1 + random.nextInt(Math.min(rest.length(), 20_000));
            ByteBuf piece = Unpooled.copiedBuffer(rest.substring(0, length), StandardCharsets.US_ASCII);
            rest.delete(0, length);
            elements.add(part, piece, 0, length);
            piece.release();
            if (rest.isEmpty()) {
                left.remove((Integer) part);
            }
            elements.writeTo(out);
            assertThat(elements.isDone() || left.stream().anyMatch(elements::waitsFor))
                    .as("it waits for what is still to come")
                    .isTrue();
        }
        assertThat(elements.isDone()).isTrue();
        elements.release();
        assertThat(written()).isEqualTo(expected.toString());
    }

    @Example
    void whatIsNoArrayOfAsManyIsNotPassedOn() {
        for (String strange : List.of("-ERR no\r\n", "*2\r\n", "$1\r\n")) {
            StreamedElements elements = elements(PlannedSplit.of(List.of(0, 1)));
            ByteBuf piece = Unpooled.copiedBuffer(strange, StandardCharsets.US_ASCII);
            elements.add(0, piece, 0, piece.readableBytes());
            piece.release();
            assertThatThrownBy(() -> elements.writeTo(out)).isInstanceOf(IllegalStateException.class);
            elements.release();
        }
        written();
    }

    private static StreamedElements elements(SplitPlan plan) {
        ReplyBudget.Share share = Shares.plenty();
        HeldReply[] held =
                Stream.generate(() -> new HeldReply(share)).limit(plan.parts()).toArray(HeldReply[]::new);
        return new StreamedElements(PooledByteBufAllocator.DEFAULT, plan, held);
    }

    private static String bulk(int length) {
        return "$" + length + "\r\n" + "x".repeat(length) + "\r\n";
    }

    private String written() {
        out.flush();
        StringBuilder all = new StringBuilder();
        ByteBuf next;
        while ((next = channel.readOutbound()) != null) {
            all.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return all.toString();
    }
}
