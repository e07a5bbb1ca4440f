package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.PrivateUse;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A command that changes its connection for good if the server does it, on a private one: when it is done, the client
 * stays on that connection ({@link PipeState}); when it is refused, nothing has happened.
 */
final class BindingForward extends Forward {

    /** The server has not even begun. */
    private static final AsciiString UNKNOWN = AsciiString.cached("-ERR unknown ");

    private final PrivateUse connection;
    private boolean begun;
    private boolean refused;
    private boolean unknown;

    BindingForward(ClientSession session, CommandFrame frame) {
        super(session, session.identity().upstream(), frame, 0);
        this.connection = new PrivateUse(backend, identity);
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return connection.take(slot(), redirected);
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (!begun) {
            begun = true;
            refused = from == null || buffer.getByte(offset) == '-';
            unknown = length > UNKNOWN.length()
                    && UNKNOWN.contentEquals(buffer.toString(offset, UNKNOWN.length(), StandardCharsets.US_ASCII));
        }
        if (!last) {
            super.deliver(from, buffer, offset, length, false);
        } else if (refused || from == null || !isWanted()) {
            if (unknown) {
                connection.giveBack();
            } else {
                // Whoever refuses may have done half of it.
                connection.close();
            }
            super.deliver(from, buffer, offset, length, true);
        } else {
            connection.keep();
            PipeState pipe = PipeState.enter(session());
            super.deliver(from, buffer, offset, length, true);
            pipe.use(from);
        }
    }

    @Override
    public void abandon() {
        super.abandon();
        connection.close();
    }
}
