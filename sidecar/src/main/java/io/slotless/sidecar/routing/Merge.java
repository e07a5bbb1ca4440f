package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Makes one reply of several. Each given reply is complete, from its buffer's reader index on; none of them is an
 * error, which would have been the reply of the whole. Pure.
 */
@FunctionalInterface
public interface Merge {

    /**
     * Writes the one reply.
     *
     * @param replies in the order of the parts or shards; left as they are
     * @param out gets the reply
     */
    void merge(List<ByteBuf> replies, ByteBuf out);
}
