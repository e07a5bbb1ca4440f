package io.slotless.sidecar.proxy.reply;

import io.netty.buffer.ByteBuf;

/** The replies that one client waits for, in the order of its commands. Used on the client's event loop only. */
public interface ReplyLine {

    /** Puts a reply in line. */
    void add(Pending pending);

    /** Puts before all others what nobody asked for; the client has not seen the beginning of the first of them. */
    void addFirst(Pending pushed);

    /** Whether nothing stands in line behind this. */
    boolean isLast(Pending pending);

    /** A reply that stands in line got further: writes whatever can be written now. */
    void advance();

    /** Whether the client has seen the beginning of a reply, but not its end. */
    boolean isBegun();

    /** Writes a piece of a push that stands first in line; heard whatever the client says of replies. */
    void pushThrough(ByteBuf buffer, int offset, int length);

    /** From now on pushes wait for the end of the first reply in line, as if the client had seen its beginning. */
    void holdPushes();
}
