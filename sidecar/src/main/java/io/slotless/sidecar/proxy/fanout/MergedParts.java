package io.slotless.sidecar.proxy.fanout;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Merge;
import java.util.List;

/** Parts whose replies are put together as bytes: the first error, else what the merge makes of them. */
public final class MergedParts extends Gathered {

    private final Merge merge;

    MergedParts(Client client, int parts, Merge merge) {
        super(client, parts);
        this.merge = merge;
    }

    /** Puts WAIT at all shards in line and sends it; the shards are known. */
    public static void awaitAll(Client client, CommandFrame frame, Merge merge) {
        int[] slots = client.backend().owners().ofEachShard();
        MergedParts gathered = new MergedParts(client, slots.length, merge);
        client.replies().add(gathered);
        for (int shard = 0; shard < slots.length; shard++) {
            client.send(gathered.with(new WaitingPart(gathered, shard, frame, slots[shard])));
        }
    }

    @Override
    ByteBuf join(List<ByteBuf> replies) {
        for (ByteBuf reply : replies) {
            byte type = reply.getByte(reply.readerIndex());
            if (type == '-' || type == '!') {
                return reply.retainedSlice();
            }
        }
        ByteBuf out = client().allocator().buffer();
        try {
            merge.merge(replies, out);
            return out.retain();
        } finally {
            out.release();
        }
    }
}
