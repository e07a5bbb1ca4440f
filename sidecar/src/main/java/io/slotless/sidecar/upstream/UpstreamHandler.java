package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.upstream.UpstreamConnection.RawReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The channel's side of an {@link UpstreamConnection}: finds where replies end and hands them on, uncopied. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(UpstreamHandler.class.getName());

    private final UpstreamConnection connection;
    private final TickFlusher flusher;
    private final PushFrames pushes;
    private final ReplyDecoder decoder = new ReplyDecoder();

    /** @param tracking gets the pushes */
    UpstreamHandler(UpstreamConnection connection, TickFlusher flusher, @Nullable Tracking tracking) {
        this.connection = connection;
        this.pushes = new PushFrames(tracking);
        this.flusher = flusher;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection.attached(context, new BatchedWriter(context, flusher));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        connection.progressed();
        try {
            read(bytes);
        } finally {
            bytes.release();
        }
    }

    private void read(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int to = bytes.writerIndex();
        while (from < to && !connection.isClosed()) {
            RawReader raw = connection.rawReader();
            if (raw != null) {
                raw.bytes(bytes, from, to - from);
                return;
            }
            int end = decoder.scan(bytes, from, to);
            if (end < 0) {
                connection.end(new IOException(connection.node() + " sent what is not RESP"));
                return;
            }
            if (decoder.type() == '>') {
                pushes.add(connection, bytes, from, end - from, decoder.complete());
            } else {
                deliver(bytes, from, end - from);
            }
            from = end;
        }
    }

    private void deliver(ByteBuf bytes, int offset, int length) {
        ReplyReceiver receiver = connection.currentReceiver();
        if (receiver == null) {
            connection.end(new IOException(connection.node() + " sent a reply that nobody asked for"));
            return;
        }
        boolean last = decoder.complete();
        if (last) {
            connection.replyCompleted();
        }
        receiver.reply(connection, bytes, offset, length, decoder.type(), last);
        if (last) {
            connection.settled();
        }
    }

    /** Vert.x has nothing to do with what was read: it would look for something to flush. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.writabilityChanged();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.end(new ConnectionClosedException(connection.node()));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(Level.ERROR, "connection to " + connection.node() + " closed for a defect of slotless", cause);
        }
        connection.end(new ConnectionClosedException(connection.node(), cause));
    }
}
