package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A command that may wait at the server, on a connection of its own for that time. When the client leaves, the
 * connection is closed, which ends the waiting there, too.
 */
final class BlockingForward extends Forward {

    private @Nullable UpstreamConnection connection;

    BlockingForward(ClientSession session, CommandFrame frame, int slot) {
        super(session, session.identity(), frame, slot);
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
