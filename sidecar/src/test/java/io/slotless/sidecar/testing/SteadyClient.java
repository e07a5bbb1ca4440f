package io.slotless.sidecar.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ReplyDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Sends the same pipeline of commands again and again, whose replies always have the same length, and waits for them. Once
 * made it makes no garbage: what is measured beside it is not its own.
 */
public final class SteadyClient implements AutoCloseable {

    private static final int ROOM = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer requests;
    private final ByteBuffer replies = ByteBuffer.allocateDirect(ROOM);
    private final int replyBytes;

    /**
     * Connects and runs the pipeline once.
     *
     * @param commands together, and their replies, less than 64 KiB
     */
    public SteadyClient(int port, CommandFrame... commands) {
        ByteBuf bytes = Unpooled.buffer();
        for (CommandFrame command : commands) {
            bytes.writeBytes(command.buffer(), command.offset(), command.length());
        }
        requests = ByteBuffer.allocateDirect(bytes.readableBytes());
        bytes.readBytes(requests);
        try {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.socket().setTcpNoDelay(true);
            replyBytes = firstRound(commands.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the pipeline and waits for its replies. */
    public void round() {
        try {
            send();
            replies.clear().limit(replyBytes);
            while (replies.hasRemaining()) {
                receive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replies are counted this once only. */
    private int firstRound(int commands) throws IOException {
        send();
        ByteBuf received = Unpooled.wrappedBuffer(replies).clear();
        ReplyDecoder decoder = new ReplyDecoder();
        int scanned = 0;
        for (int seen = 0; seen < commands; ) {
            int end = decoder.scan(received, scanned, received.writerIndex());
            if (end == ReplyDecoder.PROTOCOL_ERROR) {
                throw new IOException("not RESP");
            }
            scanned = end;
            if (decoder.complete()) {
                seen++;
            } else {
                receive();
                received.writerIndex(replies.position());
            }
        }
        return scanned;
    }

    private void send() throws IOException {
        requests.rewind();
        while (requests.hasRemaining()) {
            channel.write(requests);
        }
    }

    private void receive() throws IOException {
        if (channel.read(replies) < 0) {
            throw new EOFException("the connection was closed");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
