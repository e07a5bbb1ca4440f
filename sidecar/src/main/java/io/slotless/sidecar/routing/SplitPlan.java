package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A command with keys in several slots, cut into one command for each slot; within a part the keys keep their order.
 */
public final class SplitPlan {

    private final int[] keyArguments;
    private final int[] slots;
    private final int[] partOfKey;
    private final int[] keysInPart;
    private final int argumentsPerKey;
    private final Merge merge;

    private SplitPlan(
            int[] keyArguments, int[] slots, int[] partOfKey, int[] keysInPart, int argumentsPerKey, Merge merge) {
        this.keyArguments = keyArguments;
        this.slots = slots;
        this.partOfKey = partOfKey;
        this.keysInPart = keysInPart;
        this.argumentsPerKey = argumentsPerKey;
        this.merge = merge;
    }

    /**
     * @param keyArguments the argument index of each key
     * @param slotOfKey the slot of each key
     * @param argumentsPerKey 1, or 2 where each key is followed by its value
     * @param merge null for the order of the keys
     */
    static SplitPlan of(int[] keyArguments, int[] slotOfKey, int argumentsPerKey, @Nullable Merge merge) {
        // A table of parts by slot, open-addressed and at most half full. Slots are hashes already: their low bits will
        // do.
        int mask = Integer.highestOneBit(Math.max(slotOfKey.length, 1)) * 4 - 1;
        int[] table = new int[mask + 1];
        int[] slots = new int[slotOfKey.length];
        int[] keysInPart = new int[slotOfKey.length];
        int[] partOfKey = new int[slotOfKey.length];
        int parts = 0;
        for (int key = 0; key < slotOfKey.length; key++) {
            int slot = slotOfKey[key];
            int at = slot & mask;
            // 0 is for what is free yet, so parts are stored one higher.
            while (table[at] != 0 && slots[table[at] - 1] != slot) {
                at = (at + 1) & mask;
            }
            if (table[at] == 0) {
                slots[parts] = slot;
                table[at] = ++parts;
            }
            partOfKey[key] = table[at] - 1;
            keysInPart[partOfKey[key]]++;
        }
        return new SplitPlan(
                keyArguments,
                Arrays.copyOf(slots, parts),
                partOfKey,
                Arrays.copyOf(keysInPart, parts),
                argumentsPerKey,
                merge == null ? Merges.inOrderOfKeys(partOfKey) : merge);
    }

    /** How many commands it is cut into. */
    public int parts() {
        return slots.length;
    }

    /** The slot of a part. */
    public int slot(int part) {
        return slots[part];
    }

    /** Makes one reply of the replies to the parts. */
    public Merge merge() {
        return merge;
    }

    /**
     * Writes the commands of all parts, one behind the other.
     *
     * @param out gets the commands
     * @return where in {@code out} each part ends
     */
    public int[] write(CommandFrame whole, ByteBuf out) {
        int parts = parts();
        // Keys of one part are chained, so that each part is written in one walk over its own keys.
        int[] first = new int[parts];
        int[] next = new int[partOfKey.length];
        Arrays.fill(first, -1);
        for (int key = partOfKey.length - 1; key >= 0; key--) {
            next[key] = first[partOfKey[key]];
            first[partOfKey[key]] = key;
        }
        int[] ends = new int[parts];
        for (int part = 0; part < parts; part++) {
            RespWriter.writeArrayHeader(out, 1 + keysInPart[part] * argumentsPerKey);
            copy(whole, 0, out);
            for (int key = first[part]; key >= 0; key = next[key]) {
                for (int i = 0; i < argumentsPerKey; i++) {
                    copy(whole, keyArguments[key] + i, out);
                }
            }
            ends[part] = out.writerIndex();
        }
        return ends;
    }

    private static void copy(CommandFrame whole, int argument, ByteBuf out) {
        RespWriter.writeBulkString(out, whole.buffer(), whole.argumentOffset(argument), whole.argumentLength(argument));
    }
}
