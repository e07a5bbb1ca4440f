package io.slotless.sidecar.proxy.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.ReplyLine;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A client, as what it has asked for knows it. Used on the client's event loop only. */
public interface Client {

    /** Where its commands go. */
    Backend backend();

    ClientIdentity identity();

    /** Who it is to the servers. */
    Identity upstream();

    ByteBufAllocator allocator();

    /** The replies that it waits for. */
    ReplyLine replies();

    /** What keeps its memory bounded. */
    ClientFlow flow();

    /** Puts an exchange in line and sends it. */
    <E extends Exchange & Pending> void add(E exchange);

    /** Sends an exchange whose reply belongs to what stands in line already. */
    void send(Exchange exchange);

    /** Answers in place: behind the replies that are still to come. Releases the buffer. */
    void reply(ByteBuf reply);

    /** As {@link #reply}; the text is without the minus. */
    void replyError(String text);

    /** Takes bytes that must wait before the client gets them. */
    HeldReply hold();

    /** Nothing more is taken until every reply so far is written. */
    void barrier();

    /**
     * Gives it whole push frames, in the form of its protocol, that it has not asked for: at once, or behind the reply that is
     * being written. The bytes stay the caller's.
     *
     * @param from where they come from; it pauses while the client does not read. Null when they were made here
     */
    void push(@Nullable UpstreamConnection from, ByteBuf frames, int offset, int length);

    /** The reply whose turn it is has lost its end: closes behind what there is of it. */
    void breakOff();

    /** Closes its connection now. */
    void close();
}
