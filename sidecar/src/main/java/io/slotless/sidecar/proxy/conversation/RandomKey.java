package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.upstream.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** RANDOMKEY over all shards: one of them, the likelier the more keys it has; others if that one has none after all. */
public final class RandomKey extends Conversation {

    private static final ByteBuf DBSIZE = CommandFrame.of("DBSIZE").buffer();
    private static final ByteBuf RANDOMKEY = CommandFrame.of("RANDOMKEY").buffer();

    private final Identity identity;

    public RandomKey(Client client) {
        super(client);
        this.identity = client.upstream();
    }

    @Override
    protected void begin() {
        int[] slots = client().backend().owners().ofEachShard();
        List<Question> questions = new ArrayList<>(slots.length);
        for (int slot : slots) {
            questions.add(Question.toSlot(this, identity, DBSIZE, slot));
        }
        ask(questions, sizes -> {
            long[] keys = new long[slots.length];
            for (int shard = 0; shard < keys.length; shard++) {
                keys[shard] = size(sizes.get(shard));
            }
            pick(slots, keys);
        });
    }

    private static long size(ByteBuf reply) {
        if (Survey.value(reply) instanceof RespValue.IntegerValue size) {
            return size.value();
        }
        throw new RespException("not a number of keys");
    }

    private void pick(int[] slots, long[] keys) {
        long all = 0;
        for (long size : keys) {
            all += size;
        }
        if (all == 0) {
            ByteBuf none = Unpooled.buffer(8);
            RespWriter.writeNull(none, RespValue.NullValue.BULK_STRING, identity.protocol());
            answer(List.of(none));
            return;
        }
        long number = ThreadLocalRandom.current().nextLong(all);
        int shard = 0;
        while (number >= keys[shard]) {
            number -= keys[shard++];
        }
        int picked = shard;
        ask(List.of(Question.toSlot(this, identity, RANDOMKEY, slots[picked])), replies -> {
            ByteBuf reply = replies.get(0);
            if (Survey.value(reply) instanceof RespValue.NullValue) {
                // All it had were expired.
                keys[picked] = 0;
                pick(slots, keys);
            } else {
                answer(List.of(reply.retainedSlice()));
            }
        });
    }
}
