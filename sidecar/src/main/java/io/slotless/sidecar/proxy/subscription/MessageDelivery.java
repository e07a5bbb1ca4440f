package io.slotless.sidecar.proxy.subscription;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.pubsub.LineFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** Gives a client the messages of one connection, in the form of its protocol, and holds that up while it does not read. */
final class MessageDelivery {

    private final Client client;
    private @Nullable StreamedPush streamed;
    /** The pieces that come belong to a message that is not wanted from here. */
    private boolean dropping;

    MessageDelivery(Client client) {
        this.client = client;
    }

    /** A whole message. */
    void message(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        inForm(buffer, offset);
        client.push(from, buffer, offset, length);
    }

    /** Whether the client can take a message in pieces now; if not, the connection pauses until it can. */
    boolean mayStream(UpstreamConnection from) {
        if (client.replies().isBegun()) {
            client.flow().pushedBy(from, Long.MAX_VALUE);
            return false;
        }
        return true;
    }

    /**
     * A piece of a large message, the first with all that tells what it is.
     *
     * @param home whether what patterns bring is wanted from there
     */
    void piece(UpstreamConnection from, boolean home, ByteBuf buffer, int offset, int length, boolean last) {
        if (streamed == null && !dropping) {
            dropping = LineFrame.of(buffer, offset, length) instanceof LineFrame.PatternMessage message
                    && !message.isWanted(home);
            inForm(buffer, offset);
        }
        if (dropping) {
            dropping = !last;
            return;
        }
        StreamedPush push = streamed == null ? new StreamedPush(client) : streamed;
        streamed = last ? null : push;
        push.piece(from, buffer, offset, length, last);
    }

    boolean isPaused(UpstreamConnection connection) {
        return client.flow().isPaused(connection);
    }

    /** Nothing more comes: a client that has seen the beginning of a message will not see its end. */
    void end() {
        if (streamed != null && !streamed.isAbandoned()) {
            client.breakOff();
        }
        streamed = null;
    }

    /** RESP2 and RESP3 differ in the first byte of a message. */
    private void inForm(ByteBuf buffer, int offset) {
        if (client.upstream().protocol() == ProtocolVersion.RESP3) {
            buffer.setByte(offset, '>');
        }
    }
}
