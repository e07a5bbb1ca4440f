package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.routing.Merge;
import java.util.List;

/** Parts whose replies are put together as bytes: the first error, else what the merge makes of them. */
final class MergedParts extends Gathered {

    private final Merge merge;

    MergedParts(ClientSession session, int parts, Merge merge) {
        super(session, parts);
        this.merge = merge;
    }

    @Override
    ByteBuf join(List<ByteBuf> replies) {
        for (ByteBuf reply : replies) {
            byte type = reply.getByte(reply.readerIndex());
            if (type == '-' || type == '!') {
                return reply.retainedSlice();
            }
        }
        ByteBuf out = session().allocator().buffer();
        try {
            merge.merge(replies, out);
            return out.retain();
        } finally {
            out.release();
        }
    }
}
