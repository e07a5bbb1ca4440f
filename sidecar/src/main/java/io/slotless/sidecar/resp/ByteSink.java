package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;

/** Takes bytes in order, on their way out. */
@FunctionalInterface
public interface ByteSink {

    /** Takes bytes, which stay the caller's; no index of the buffer changes. */
    void write(ByteBuf source, int offset, int length);
}
