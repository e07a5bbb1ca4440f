package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.TickFlusher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Replies in pieces, whichever comes first, against their plain concatenation. */
class ReplyQueueProperties {

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final TickFlusher flusher = new TickFlusher(new DefaultEventLoop());
    private final BatchedWriter out = new BatchedWriter(channel.pipeline().firstContext(), flusher);
    private final ReplyQueue queue = new ReplyQueue(out, Shares.plenty(), () -> {});

    @Property(tries = 300)
    void theClientGetsThemInTheOrderOfItsCommands(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 6) Integer> piecesOfEach,
            @ForAll long seed) {
        List<Arriving> replies = arriving(piecesOfEach);
        StringBuilder expected = new StringBuilder();
        replies.forEach(reply -> expected.append(reply.text()));
        Random random = new Random(seed);
        List<Arriving> missing = new ArrayList<>(replies);
        while (!missing.isEmpty()) {
            Arriving next = missing.get(random.nextInt(missing.size()));
            next.arrive();
            if (next.isDone()) {
                missing.remove(next);
            }
        }
        assertThat(queue.isEmpty()).isTrue();
        assertThat(written()).isEqualTo(expected.toString());
    }

    @Property(tries = 300)
    void pushesComeInTheirOrderAndNeverWithinAReply(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 6) Integer> piecesOfEach,
            @ForAll long seed) {
        List<Arriving> replies = arriving(piecesOfEach);
        Random random = new Random(seed);
        List<Arriving> missing = new ArrayList<>(replies);
        int pushed = 0;
        while (!missing.isEmpty()) {
            if (random.nextBoolean()) {
                push("<" + pushed++ + ">");
            }
            Arriving next = missing.get(random.nextInt(missing.size()));
            next.arrive();
            if (next.isDone()) {
                missing.remove(next);
            }
        }
        String written = written();
        assertThat(queue.heldPushes()).isZero();
        StringBuilder pushes = new StringBuilder();
        Matcher push = Pattern.compile("<[0-9]+>").matcher(written);
        while (push.find()) {
            pushes.append(push.group());
        }
        StringBuilder inOrder = new StringBuilder();
        for (int i = 0; i < pushed; i++) {
            inOrder.append('<').append(i).append('>');
        }
        assertThat(pushes).hasToString(inOrder.toString());
        replies.forEach(reply -> assertThat(written).contains(reply.text()));
    }

    @Example
    void aPushDoesNotWaitForAReplyThatHasNotBegun() {
        arriving(List.of(2, 1));
        push("<now>");
        assertThat(written()).isEqualTo("<now>");
        queue.abandon();
    }

    private void push(String text) {
        ByteBuf frame = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        queue.push(UnpooledByteBufAllocator.DEFAULT, frame, 0, frame.readableBytes());
        frame.release();
    }

    @Property(tries = 100)
    void nothingIsKeptOfAClientThatLeaves(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 4) Integer> piecesOfEach,
            @ForAll long seed) {
        List<Arriving> replies = arriving(piecesOfEach);
        Random random = new Random(seed);
        for (int i = 0; i < piecesOfEach.size(); i++) {
            Arriving next = replies.get(random.nextInt(replies.size()));
            if (!next.isDone()) {
                next.arrive();
            }
        }
        queue.abandon();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(replies).allMatch(reply -> reply.held.isEmpty());
        written();
    }

    private List<Arriving> arriving(List<Integer> piecesOfEach) {
        List<Arriving> replies = new ArrayList<>();
        for (int i = 0; i < piecesOfEach.size(); i++) {
            Arriving reply = new Arriving((char) ('a' + i), piecesOfEach.get(i));
            replies.add(reply);
            queue.add(reply);
        }
        return replies;
    }

    private String written() {
        flusher.run();
        StringBuilder text = new StringBuilder();
        ByteBuf piece;
        while ((piece = channel.readOutbound()) != null) {
            text.append(piece.toString(StandardCharsets.US_ASCII));
            piece.release();
        }
        return text.toString();
    }

    /** A reply that comes piece by piece, small ones and large ones. */
    private final class Arriving implements Pending {

        private final HeldReply held = new HeldReply();
        private final String letter;
        private final int pieces;
        private int arrived;

        Arriving(char letter, int pieces) {
            this.letter = String.valueOf(letter);
            this.pieces = pieces;
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < pieces; i++) {
                text.append(piece(i));
            }
            return text.toString();
        }

        private String piece(int number) {
            return letter.repeat(number % 3 == 2 ? 5000 : 1 + number) + number;
        }

        void arrive() {
            ByteBuf piece = Unpooled.copiedBuffer(piece(arrived++), StandardCharsets.US_ASCII);
            if (queue.isFirst(this)) {
                queue.writeThrough(piece, 0, piece.readableBytes());
            } else {
                held.add(UnpooledByteBufAllocator.DEFAULT, piece, 0, piece.readableBytes());
            }
            piece.release();
            if (isDone()) {
                queue.advance();
            }
        }

        @Override
        public boolean isDone() {
            return arrived == pieces;
        }

        @Override
        public void writeTo(BatchedWriter writer) {
            held.writeTo(writer);
        }

        @Override
        public void leftQueue() {
            held.release();
        }

        @Override
        public void abandon() {}
    }
}
