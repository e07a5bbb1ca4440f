package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;

/** Where the complete replies to the parts of a command lie. None of them is an error. */
public interface PartReplies {

    /** Holds the reply to a part. */
    ByteBuf buffer(int part);

    /** Index of the first byte of the reply to a part. */
    int start(int part);

    /** Bytes of the reply to a part. */
    int length(int part);
}
