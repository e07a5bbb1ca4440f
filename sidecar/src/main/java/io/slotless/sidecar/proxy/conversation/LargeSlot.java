package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.ScanCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The part of a {@link Scan} that reads a slot with more keys than should come at once: by its owner's own SCAN, of whose
 * keys only those of the slot are taken. Good as long as the owner keeps the slot and its process; else the slot begins anew.
 */
final class LargeSlot {

    /** Calls to the owner within one of the client's: most of what they bring may be of other slots. */
    private static final int MOST_CALLS = 16;

    private final Conversation conversation;
    private final Survey survey;
    private final ClusterView view;
    private final int slot;
    private final long enough;
    private final LongFunction<Question> questions;
    private final SlotSweep.Done done;
    private final List<byte[]> found = new ArrayList<>();
    private int calls;

    /**
     * @param view by which the slot is at one node
     * @param enough keys for the client's call
     * @param questions the client's SCAN, to the slot's owner, for a cursor of that node
     */
    LargeSlot(
            Conversation conversation,
            Survey survey,
            ClusterView view,
            int slot,
            long enough,
            LongFunction<Question> questions,
            SlotSweep.Done done) {
        this.conversation = conversation;
        this.survey = survey;
        this.view = view;
        this.slot = slot;
        this.enough = enough;
        this.questions = questions;
        this.done = done;
    }

    void scan(long nodeCursor) {
        calls++;
        conversation.ask(List.of(questions.apply(nodeCursor)), replies -> scanned(Survey.value(replies.get(0))));
    }

    private void scanned(RespValue reply) {
        if (!(reply instanceof RespValue.ArrayValue parts)
                || !(parts.elements().get(0) instanceof RespValue.BulkString cursor)
                || !(parts.elements().get(1) instanceof RespValue.ArrayValue keys)) {
            throw new RespException("not a reply to SCAN");
        }
        for (RespValue key : keys.elements()) {
            byte[] name = ((RespValue.BulkString) key).bytes();
            if (isOfSlot(name)) {
                found.add(name);
            }
        }
        long nodeCursor = Long.parseUnsignedLong(cursor.text());
        if (nodeCursor == 0) {
            survey.fresh(now -> done.swept(ScanCursor.inSlots(isUnchanged(now) ? slot + 1 : slot), found));
        } else if (found.size() >= enough || calls == MOST_CALLS) {
            done.swept(ScanCursor.inSlot(view, slot, nodeCursor), found);
        } else {
            scan(nodeCursor);
        }
    }

    private boolean isUnchanged(ClusterView now) {
        return now.source(slot).equals(view.source(slot)) && now.fingerprintOf(slot) == view.fingerprintOf(slot);
    }

    private boolean isOfSlot(byte[] key) {
        ByteBuf bytes = Unpooled.wrappedBuffer(key);
        return SlotHash.slot(bytes, 0, key.length) == slot;
    }
}
