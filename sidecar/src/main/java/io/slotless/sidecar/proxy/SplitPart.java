package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the reply to one part of a {@link SplitCommand} and keeps it until those to the others are there: a small one on
 * the client's {@link Shelf}. Small itself, for many are on their way at a time; what does not go the straight way is taken
 * over by a {@link SplitExchange}.
 */
final class SplitPart implements ReplyReceiver {

    private final SplitCommand command;
    private final int part;
    private int slot;
    private final KeptReply kept = new KeptReply();
    private @Nullable UpstreamConnection sentOn;
    private boolean complete;
    private @Nullable SplitExchange exchange;

    SplitPart(SplitCommand command, int part) {
        this.command = command;
        this.part = part;
    }

    /** Sends it to the owner of this slot: at once, or as an exchange that waits for a connection. */
    void send(@Nullable UpstreamConnection connection, int newSlot) {
        slot = newSlot;
        complete = false;
        if (connection != null && connection.isReady()) {
            ready(connection);
        } else {
            exchange().dispatch();
        }
    }

    @Override
    public void ready(UpstreamConnection connection) {
        sentOn = connection;
        command.write(part, connection.begin(this));
    }

    @Override
    public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
        if (exchange == null && (type != '-' || !command.isWanted())) {
            command.add(this, part, from, buffer, offset, length, last);
        } else {
            exchange().reply(from, buffer, offset, length, type, last);
        }
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        if (exchange != null) {
            exchange.failed(from, cause, executed);
        } else if (command.isWanted() && command.takeBack(this, part)) {
            exchange().failed(from, cause, executed);
        }
    }

    /** Keeps a piece of the reply. */
    void keep(
            ClientSession client,
            @Nullable UpstreamConnection from,
            ByteBuf buffer,
            int offset,
            int length,
            boolean last) {
        kept.add(client, from, buffer, offset, length, last);
    }

    /** The reply is all there. */
    void completed() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** The connection that its reply comes from; null when that is not known. */
    @Nullable
    UpstreamConnection connection() {
        return exchange == null ? sentOn : exchange.lastConnection();
    }

    /** What there is of the reply is not needed any more. */
    void forget() {
        kept.release(command.session());
    }

    /** The reply; complete, when it is asked for. */
    KeptReply kept() {
        return kept;
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
            present = command.exchange(this, part, slot);
            exchange = present;
        }
        return present;
    }
}
