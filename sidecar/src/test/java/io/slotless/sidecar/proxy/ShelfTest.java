package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.TickFlusher;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();
    private final BatchedWriter out = new BatchedWriter(context, new TickFlusher(new DefaultEventLoop()));
    private final Shelf shelf = new Shelf(Shares.plenty());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsTakenInAnotherOrderIsWhatWasPut() {
        int first = put("first ");
        int second = put("second ");
        int third = put("third ");
        shelf.writeTo(out, third, 6);
        shelf.remove();
        shelf.writeTo(out, second, 7);
        int anew = put("anew");
        assertThat(anew).isEqualTo(first);
        shelf.writeTo(out, anew, 4);
        out.flush();
        ByteBuf written = channel.readOutbound();
        assertThat(written.toString(StandardCharsets.US_ASCII)).isEqualTo("third second anew");
        written.release();
    }

    @Test
    void itsRoomIsLimitedAndLargeRepliesDoNotCome() {
        ByteBuf large = Unpooled.buffer(5_000).writeZero(5_000);
        assertThat(shelf.put(PooledByteBufAllocator.DEFAULT, large, 0, 5_000)).isEqualTo(Shelf.FULL);
        int taken = 0;
        while (shelf.put(PooledByteBufAllocator.DEFAULT, large, 0, 1_000) != Shelf.FULL) {
            taken++;
        }
        assertThat(taken).isEqualTo(65);
        for (int i = 0; i < taken; i++) {
            shelf.remove();
        }
        assertThat(put("again")).isZero();
        shelf.remove();
    }

    private int put(String reply) {
        ByteBuf bytes = Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII);
        int at = shelf.put(PooledByteBufAllocator.DEFAULT, bytes, 0, bytes.readableBytes());
        bytes.release();
        return at;
    }
}
