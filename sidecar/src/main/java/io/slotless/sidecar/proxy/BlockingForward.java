package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A command that may wait at the server, on a connection of its own for that time. When the client leaves, the
 * connection is closed, which ends the waiting there, too.
 */
final class BlockingForward extends Forward {

    private static final CommandFrame PING = CommandFrame.of("PING");
    private static final AsciiString WAIT = AsciiString.cached("wait");
    private static final AsciiString WAITAOF = AsciiString.cached("waitaof");

    private final boolean waitsForWrites;
    private @Nullable UpstreamConnection connection;

    BlockingForward(ClientSession session, CommandFrame frame, int slot) {
        super(session, session.identity().upstream(), frame, slot);
        this.waitsForWrites = frame.argumentEqualsIgnoreCase(0, WAIT) || frame.argumentEqualsIgnoreCase(0, WAITAOF);
    }

    /**
     * WAIT waits for what was written when its connection last ran a command (Redis, {@code processCommand}: woff). The
     * client's writes went over another connection; after a PING this one has seen them, too.
     */
    @Override
    void begin(UpstreamConnection ready) {
        if (waitsForWrites) {
            ready.send(PING.buffer(), PING.offset(), PING.length(), IgnoredReply.IT);
        }
        super.begin(ready);
    }

    @Override
    @Nullable
    UpstreamConnection connection(@Nullable Node redirected) {
        giveBack();
        connection =
                redirected == null ? backend.takePrivate(slot(), identity) : backend.takePrivate(redirected, identity);
        return connection;
    }

    @Override
    void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (last) {
            giveBack();
        }
        super.deliver(from, buffer, offset, length, last);
    }

    @Override
    public void abandon() {
        super.abandon();
        if (connection != null && !isDone()) {
            connection.close();
        }
    }

    private void giveBack() {
        if (connection != null && !connection.isClosed()) {
            backend.giveBack(connection, identity);
        }
        connection = null;
    }
}
