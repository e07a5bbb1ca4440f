package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;

/** Waits for the reply to one command. Called on the event loop of the connection. */
public interface ReplyReceiver {

    /** The connection is ready: send now. Only called for receivers that waited for it. */
    void ready(UpstreamConnection connection);

    /**
     * A piece of the reply.
     *
     * @param buffer holds the piece during this call; stays the connection's
     * @param type the reply's first byte
     * @param last whether the reply ends with this piece
     */
    void reply(UpstreamConnection connection, ByteBuf buffer, int offset, int length, byte type, boolean last);

    /**
     * There will be no (further) reply.
     *
     * @param executed whether the server may have run the command
     */
    void failed(UpstreamConnection connection, Throwable cause, Executed executed);

    /** What is known of a command whose reply will not come. */
    enum Executed {
        /** It was never sent. */
        NO,
        /** It was sent. */
        MAYBE
    }
}
