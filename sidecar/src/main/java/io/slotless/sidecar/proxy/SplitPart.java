package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the reply to one part of a {@link SplitCommand}. Small, for many are on their way at a time; what does not go the
 * straight way is taken over by a {@link SplitExchange}.
 */
final class SplitPart implements ReplyReceiver {

    private final SplitCommand command;
    private final int part;
    private @Nullable SplitExchange exchange;

    SplitPart(SplitCommand command, int part) {
        this.command = command;
        this.part = part;
    }

    /** Sends it: at once, or as an exchange that waits for a connection. */
    void send(@Nullable UpstreamConnection connection) {
        if (connection != null && connection.isReady()) {
            ready(connection);
        } else {
            exchange().dispatch();
        }
    }

    @Override
    public void ready(UpstreamConnection connection) {
        command.write(part, connection.begin(this));
    }

    @Override
    public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
        if (exchange == null && (type != '-' || !command.isWanted())) {
            command.add(part, buffer, offset, length, last);
        } else {
            exchange().reply(from, buffer, offset, length, type, last);
        }
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        if (exchange != null || command.isWanted()) {
            // What may have come of the reply will come again, or an error in its place.
            command.forget(part);
            exchange().failed(from, cause, executed);
        }
    }

    /** The client has gone. */
    void gone() {
        if (exchange != null) {
            exchange.letGo();
        }
    }

    private SplitExchange exchange() {
        SplitExchange present = exchange;
        if (present == null) {
            present = command.exchange(part);
            exchange = present;
        }
        return present;
    }
}
