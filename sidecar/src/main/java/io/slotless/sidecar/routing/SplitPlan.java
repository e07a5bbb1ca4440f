package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.ByteSink;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import java.util.Arrays;

/**
 * A command with keys in several slots, cut into one command for each slot, as a node of a cluster refuses more; within a
 * part the keys keep their order. Filled anew for each command, so that it makes no garbage; not thread-safe.
 */
public final class SplitPlan {

    static final int USUAL_KEYS = 16;
    /** Above this many keys the room for them is given back with the next command. */
    static final int KEPT_KEYS = 4096;

    private static final int NONE = -1;

    private SplitMerge merge = SplitMerge.AGREEMENT;
    private int argumentsPerKey = 1;
    private int keys;
    private int parts;
    /** By key: the argument that it is, its part, and the next key of the same part. */
    private int[] argument = new int[0];

    private int[] partOf = new int[0];
    private int[] next = new int[0];
    /** By part: its slot, how many keys it has, the first and the last of them. */
    private int[] slot = new int[0];

    private int[] count = new int[0];
    private int[] first = new int[0];
    private int[] last = new int[0];
    /** One above the part of a slot, open-addressed and at most half full; 0 is for what is free. */
    private int[] table = new int[0];

    private final ByteBuf header = Unpooled.buffer(16);

    /**
     * Begins a plan for another command.
     *
     * @param argumentsPerKey 1, or 2 where each key is followed by its value
     * @param expectedKeys as many as will be {@link #add added}
     */
    void begin(int newArgumentsPerKey, SplitMerge newMerge, int expectedKeys) {
        argumentsPerKey = newArgumentsPerKey;
        merge = newMerge;
        keys = 0;
        parts = 0;
        makeRoom(expectedKeys);
        int size = Integer.highestOneBit(Math.max(expectedKeys, 1)) * 4;
        if (table.length < size || table.length > 4 * KEPT_KEYS) {
            table = new int[Math.max(size, 4 * USUAL_KEYS)];
        } else {
            Arrays.fill(table, 0);
        }
    }

    /** Adds the next key. */
    void add(int keyArgument, int keySlot) {
        int part = partFor(keySlot);
        int key = keys++;
        argument[key] = keyArgument;
        partOf[key] = part;
        next[key] = NONE;
        if (count[part]++ == 0) {
            first[part] = key;
        } else {
            next[last[part]] = key;
        }
        last[part] = key;
    }

    /** Becomes the same as another plan, which then may serve the next command; nothing can be added to this one. */
    public void copy(SplitPlan other) {
        argumentsPerKey = other.argumentsPerKey;
        merge = other.merge;
        keys = other.keys;
        parts = other.parts;
        makeRoom(keys);
        System.arraycopy(other.argument, 0, argument, 0, keys);
        System.arraycopy(other.partOf, 0, partOf, 0, keys);
        System.arraycopy(other.next, 0, next, 0, keys);
        System.arraycopy(other.slot, 0, slot, 0, parts);
        System.arraycopy(other.count, 0, count, 0, parts);
        System.arraycopy(other.first, 0, first, 0, parts);
    }

    /** How many commands it is cut into. */
    public int parts() {
        return parts;
    }

    /** How many keys there are in all. */
    public int keys() {
        return keys;
    }

    /** How many keys a part has. */
    public int keys(int part) {
        return count[part];
    }

    /** The part that a key is in. */
    public int part(int key) {
        return partOf[key];
    }

    /** The slot of a part. */
    public int slot(int part) {
        return slot[part];
    }

    /** What becomes of the replies. */
    public SplitMerge merge() {
        return merge;
    }

    /**
     * Writes the command of a part; name, keys and values just as the client has sent them.
     *
     * @param whole the command that this plan was made for
     */
    public void write(int part, CommandFrame whole, ByteSink out) {
        RespWriter.writeArrayHeader(header.clear(), 1 + count[part] * argumentsPerKey);
        out.write(header, 0, header.writerIndex());
        copy(whole, 0, 0, out);
        for (int key = first[part]; key != NONE; key = next[key]) {
            copy(whole, argument[key], argument[key] + argumentsPerKey - 1, out);
        }
    }

    private static void copy(CommandFrame whole, int from, int to, ByteSink out) {
        int start = whole.argumentHeader(from);
        out.write(whole.buffer(), start, whole.argumentEnd(to) - start);
    }

    private int partFor(int keySlot) {
        int mask = table.length - 1;
        // Slots are hashes already: their low bits will do.
        int at = keySlot & mask;
        while (table[at] != 0) {
            if (slot[table[at] - 1] == keySlot) {
                return table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        slot[parts] = keySlot;
        count[parts] = 0;
        table[at] = ++parts;
        return parts - 1;
    }

    private void makeRoom(int expectedKeys) {
        if (next.length >= expectedKeys && next.length <= KEPT_KEYS) {
            return;
        }
        int room = Math.max(expectedKeys, USUAL_KEYS);
        argument = new int[room];
        partOf = new int[room];
        next = new int[room];
        slot = new int[room];
        count = new int[room];
        first = new int[room];
        last = new int[room];
    }
}
