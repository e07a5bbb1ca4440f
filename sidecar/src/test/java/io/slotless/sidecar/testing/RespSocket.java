package io.slotless.sidecar.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The simplest client: one command, one reply, waiting for it. */
public final class RespSocket implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final ByteBuf received = Unpooled.buffer();
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final RespReader reader = new RespReader(RespLimits.DEFAULT);

    public RespSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RespValue call(String... arguments) {
        return call(Stream.of(arguments)
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    public RespValue call(List<byte[]> arguments) {
        return reader.read(send(CommandFrame.of(arguments).buffer()));
    }

    /** Sends bytes as they are, and gives the bytes of one reply as they are. */
    public String callRaw(byte[] request) {
        return send(Unpooled.wrappedBuffer(request)).toString(StandardCharsets.ISO_8859_1);
    }

    private ByteBuf send(ByteBuf request) {
        try {
            request.getBytes(request.readerIndex(), socket.getOutputStream(), request.readableBytes());
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuf reply() throws IOException {
        received.clear();
        int scanned = 0;
        do {
            if (received.writeBytes(socket.getInputStream(), 8192) < 0) {
                throw new IOException("closed by Redis");
            }
            scanned = decoder.scan(received, scanned, received.writerIndex());
            if (scanned == ReplyDecoder.PROTOCOL_ERROR) {
                throw new IOException("not RESP");
            }
        } while (!decoder.complete());
        return received.slice(0, scanned);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
