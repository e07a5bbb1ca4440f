package io.slotless.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchedWriterTest {

    /** Never started: the end of a tick is when the test says so. */
    private final DefaultEventLoop loop = new DefaultEventLoop();

    private final TickFlusher flusher = new TickFlusher(loop);
    private final FlushCounter flushes = new FlushCounter();
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes);
    private BatchedWriter writer;

    @BeforeEach
    void addToAChannel() {
        writer = writerOf(channel);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsWrittenInOneTickIsFlushedOnceWhenItEnds() {
        writer.write(bytes("one "), 0, 4);
        writer.write("two ".getBytes(StandardCharsets.US_ASCII));
        writer.writeAndRelease(bytes("three"));
        assertThat((Object) channel.readOutbound()).isNull();
        assertThat(writer.pending()).isEqualTo(13);
        flusher.run();
        assertThat(written()).isEqualTo("one two three");
        assertThat(flushes.count).isEqualTo(1);
        flusher.run();
        assertThat(flushes.count).isEqualTo(1);
    }

    @Test
    void whileItIsMutedOnlyWhatIsPushedIsWritten() {
        writer.write(bytes("heard "), 0, 6);
        assertThat(writer.mute(true)).isFalse();
        ByteBuf dropped = bytes("dropped");
        writer.write(dropped, 0, 7);
        writer.writeAndRelease(dropped);
        writer.write("dropped".getBytes(StandardCharsets.US_ASCII));
        assertThat(dropped.refCnt()).isZero();
        writer.push(bytes("pushed "), 0, 7);
        assertThat(writer.mute(false)).isTrue();
        writer.write(bytes("again"), 0, 5);
        flusher.run();
        assertThat(written()).isEqualTo("heard pushed again");
        assertThat(writer.written()).isEqualTo(18);
    }

    @Test
    void smallAndLargePiecesKeepTheirOrder() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            byte[] piece = new byte[i % 7 == 0 ? 10_000 : i * 13];
            Arrays.fill(piece, (byte) ('a' + i % 26));
            ByteBuf source = Unpooled.wrappedBuffer(piece);
            if (i % 2 == 0) {
                writer.write(source, 0, piece.length);
                source.release();
            } else {
                writer.writeAndRelease(source);
            }
            expected.append(new String(piece, StandardCharsets.US_ASCII));
        }
        flusher.run();
        assertThat(written()).isEqualTo(expected.toString());
        assertThat(writer.written()).isEqualTo(expected.length());
        assertThat(flushes.count).isEqualTo(1);
    }

    @Test
    void aFlushThatMakesSomebodyElseWriteFlushesThatToo() {
        EmbeddedChannel otherChannel = new EmbeddedChannel();
        BatchedWriter other = writerOf(otherChannel);
        flushes.then = () -> other.write("answer".getBytes(StandardCharsets.US_ASCII));
        writer.write("question".getBytes(StandardCharsets.US_ASCII));
        flusher.run();
        assertThat(written(otherChannel)).isEqualTo("answer");
        otherChannel.finishAndReleaseAll();
    }

    @Test
    void whatWasFlushedEarlyIsNotFlushedAgain() {
        writer.write("x".getBytes(StandardCharsets.US_ASCII));
        writer.flush();
        assertThat(written()).isEqualTo("x");
        assertThat(writer.flushes()).isEqualTo(1);
        flusher.run();
        assertThat(written()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenAnyMoreIsLetGoOf() {
        ByteBuf large = Unpooled.buffer(10_000).writeZero(10_000);
        ByteBuf kept = Unpooled.buffer(10_000).writeZero(10_000);
        writer.write("x".getBytes(StandardCharsets.US_ASCII));
        channel.close();
        writer.discard();
        writer.write("y".getBytes(StandardCharsets.US_ASCII));
        writer.writeAndRelease(large);
        writer.write(kept, 0, 10_000);
        flusher.run();
        assertThat(large.refCnt()).isZero();
        assertThat(kept.release()).isTrue();
        assertThat(writer.pending()).isZero();
    }

    private BatchedWriter writerOf(EmbeddedChannel of) {
        ChannelInboundHandlerAdapter place = new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // As the real handlers: a connection that fails is one that ends.
            }
        };
        of.pipeline().addLast(place);
        return new BatchedWriter(of.pipeline().context(place), flusher);
    }

    private String written() {
        return written(channel);
    }

    private static String written(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        ByteBuf piece;
        while ((piece = channel.readOutbound()) != null) {
            text.append(piece.toString(StandardCharsets.US_ASCII));
            piece.release();
        }
        return text.toString();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static final class FlushCounter extends ChannelOutboundHandlerAdapter {

        private int count;
        private Runnable then = () -> {};

        @Override
        public void flush(ChannelHandlerContext context) {
            count++;
            context.flush();
            then.run();
        }
    }
}
