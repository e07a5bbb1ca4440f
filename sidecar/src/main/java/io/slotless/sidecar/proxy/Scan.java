package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.scan.ClusterView;
import io.slotless.sidecar.scan.ScanCursor;
import io.slotless.sidecar.scan.ScanReply;
import io.slotless.sidecar.scan.ScanRequest;
import io.slotless.sidecar.upstream.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a SCAN over all shards: each shard's keys in turn by its own SCAN, while the cluster stays what it was when the
 * scan began. That is looked at once more when the last shard is through, before the client is told so. Has the cluster
 * changed, the scan begins anew, slot by slot ({@link SlotSweep}): keys may come twice then, as SCAN may do, but none is missed.
 */
final class Scan extends Conversation {

    private final ScanRequest request;
    private final ByteBuf options;
    private final int optionCount;
    private final Identity identity;
    private final Survey survey;
    private final List<ByteBuf> keys = new ArrayList<>(4);
    private long keyCount;

    private Scan(ClientSession session, ScanRequest request, ByteBuf options, int optionCount) {
        super(session);
        this.request = request;
        this.options = options;
        this.optionCount = optionCount;
        this.identity = session.identity().upstream();
        this.survey = new Survey(this);
    }

    /** @throws io.slotless.sidecar.scan.ScanException if Redis would refuse the command */
    static Scan of(ClientSession session, CommandFrame frame) {
        ScanRequest request = ScanRequest.of(frame);
        int behindCursor = frame.argumentOffset(1) + frame.argumentLength(1) + 2;
        ByteBuf options = Unpooled.copiedBuffer(
                frame.buffer().slice(behindCursor, frame.offset() + frame.length() - behindCursor));
        return new Scan(session, request, options, frame.argumentCount() - 2);
    }

    @Override
    void begin() {
        ScanCursor cursor = ScanCursor.of(request.cursor());
        if (cursor instanceof ScanCursor.Start) {
            survey.recent(known -> {
                if (known.isSettled()) {
                    scan(known, 0, 0);
                } else {
                    survey.fresh(view -> fromStart(view));
                }
            });
        } else if (cursor instanceof ScanCursor.InShards inShards) {
            survey.recent(known -> {
                if (inShards.fits(known)) {
                    goOn(known, inShards);
                } else {
                    survey.fresh(view -> goOn(view, inShards));
                }
            });
        } else {
            sweepIfAllowed(cursor instanceof ScanCursor.InSlots inSlots ? inSlots.slot() : 0);
        }
    }

    private void fromStart(ClusterView view) {
        if (view.isSettled()) {
            scan(view, 0, 0);
        } else {
            sweepIfAllowed(0);
        }
    }

    private void goOn(ClusterView view, ScanCursor.InShards cursor) {
        if (cursor.fits(view)) {
            scan(view, cursor.shard(view), cursor.nodeCursor(view));
        } else {
            sweepIfAllowed(0);
        }
    }

    private void scan(ClusterView view, int shard, long nodeCursor) {
        ask(List.of(question(view.slotOf(shard), nodeCursor)), replies -> scanned(view, shard, replies.get(0)));
    }

    private void scanned(ClusterView view, int shard, ByteBuf reply) {
        if (isError(reply)) {
            answer(List.of(reply.retainedSlice()));
            return;
        }
        ScanReply part = ScanReply.of(reply);
        keys.add(reply.retainedSlice(part.firstKey(), reply.writerIndex() - part.firstKey()));
        keyCount += part.keys();
        if (part.cursor() != 0) {
            answer(ScanCursor.inShards(view, shard, part.cursor()));
        } else if (shard + 1 == view.shards()) {
            survey.fresh(now -> answer(isUnchanged(view, now) ? 0 : ScanCursor.inSlots(0)));
        } else if (keyCount >= request.count()) {
            answer(ScanCursor.inShards(view, shard + 1, 0));
        } else {
            scan(view, shard + 1, 0);
        }
    }

    private static boolean isUnchanged(ClusterView then, ClusterView now) {
        return now.isSettled() && now.fingerprint() == then.fingerprint();
    }

    /** Going by slots does not send the client's SCAN to a node; whether its user may scan is asked by a small one. */
    private void sweepIfAllowed(int slot) {
        ByteBuf probe = CommandFrame.of("SCAN", "0", "COUNT", "1").buffer();
        int anySlot = session().backend().owners().any();
        ask(List.of(Question.toSlot(this, identity, probe, anySlot)), replies -> {
            if (isError(replies.get(0))) {
                answer(List.of(replies.get(0).retainedSlice()));
            } else {
                new SlotSweep(this, survey, request, slot, this::swept).start();
            }
        });
    }

    private void swept(int nextSlot, List<byte[]> found) {
        ByteBuf body = session().allocator().directBuffer();
        found.forEach(key -> RespWriter.writeBulkString(body, key));
        keys.add(body);
        keyCount += found.size();
        answer(nextSlot == ClusterView.SLOTS ? 0 : ScanCursor.inSlots(nextSlot));
    }

    private Question question(int slot, long nodeCursor) {
        ByteBuf command = Unpooled.buffer(64 + options.readableBytes());
        RespWriter.writeArrayHeader(command, 2 + optionCount);
        RespWriter.writeBulkString(command, "SCAN");
        RespWriter.writeBulkString(command, Long.toUnsignedString(nodeCursor));
        command.writeBytes(options, options.readerIndex(), options.readableBytes());
        return Question.toSlot(this, identity, command, slot);
    }

    private void answer(long cursor) {
        ByteBuf head = Unpooled.buffer(64);
        RespWriter.writeArrayHeader(head, 2);
        RespWriter.writeBulkString(head, Long.toString(cursor));
        RespWriter.writeArrayHeader(head, Math.toIntExact(keyCount));
        List<ByteBuf> pieces = new ArrayList<>(keys.size() + 1);
        pieces.add(head);
        pieces.addAll(keys);
        keys.clear();
        answer(pieces);
    }

    @Override
    public void leftQueue() {
        super.leftQueue();
        keys.forEach(ByteBuf::release);
        keys.clear();
    }
}
