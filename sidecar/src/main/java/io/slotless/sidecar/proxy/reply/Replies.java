package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespWriter;
import java.nio.charset.StandardCharsets;

/** The replies that the sidecar makes itself. */
public final class Replies {

    public static final ByteBuf OK = constant("+OK\r\n");
    public static final ByteBuf PONG = constant("+PONG\r\n");
    public static final ByteBuf RESET = constant("+RESET\r\n");
    public static final ByteBuf QUEUED = constant("+QUEUED\r\n");
    public static final ByteBuf EMPTY_ARRAY = constant("*0\r\n");
    public static final ByteBuf EXECABORT =
            constant("-EXECABORT Transaction discarded because of previous errors.\r\n");
    /** RESP3: forget every key. */
    public static final ByteBuf INVALIDATE_ALL = constant(">2\r\n$10\r\ninvalidate\r\n_\r\n");

    private static final ByteBuf NULL_ARRAY = constant("*-1\r\n");
    private static final ByteBuf NULL = constant("_\r\n");

    private Replies() {}

    /** No array at all. */
    public static ByteBuf nullArray(ProtocolVersion protocol) {
        return protocol == ProtocolVersion.RESP3 ? NULL : NULL_ARRAY;
    }

    /** An error reply; {@code text} is without minus and becomes one line. */
    public static ByteBuf error(String text) {
        ByteBuf reply = Unpooled.buffer(text.length() + 3);
        RespWriter.writeError(reply, text.replace('\r', ' ').replace('\n', ' '));
        return reply;
    }

    public static ByteBuf of(RespValue value, ProtocolVersion protocol) {
        ByteBuf reply = Unpooled.buffer();
        new RespWriter(protocol).write(reply, value);
        return reply;
    }

    private static ByteBuf constant(String reply) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(reply.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }
}
