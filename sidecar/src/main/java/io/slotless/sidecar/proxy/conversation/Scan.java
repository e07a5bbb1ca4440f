package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.proxy.client.Client;
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
public final class Scan extends Conversation {

    /** More is asked of a node in pieces. */
    private static final long LARGEST_COUNT = 10_000;

    /** Bytes of keys after which the client gets what there is, even if it has asked for more. */
    private static final long MOST_HELD = 8L * 1024 * 1024;

    private final ScanRequest request;
    private final ByteBuf options;
    private final int optionCount;
    private final Identity identity;
    private final Survey survey;
    private final List<ByteBuf> keys = new ArrayList<>(4);
    private long keyCount;
    private long keyBytes;
    /** Sum of what the nodes were asked for. */
    private long asked;

    private Scan(Client client, ScanRequest request, ByteBuf options, int optionCount) {
        super(client);
        this.request = request;
        this.options = options;
        this.optionCount = optionCount;
        this.identity = client.upstream();
        this.survey = new Survey(this);
    }

    /** @throws io.slotless.sidecar.scan.ScanException if Redis would refuse the command */
    public static Scan of(Client client, CommandFrame frame) {
        ScanRequest request = ScanRequest.of(frame);
        int behindCursor = frame.argumentOffset(1) + frame.argumentLength(1) + 2;
        ByteBuf options = Unpooled.copiedBuffer(
                frame.buffer().slice(behindCursor, frame.offset() + frame.length() - behindCursor));
        return new Scan(client, request, options, frame.argumentCount() - 2);
    }

    @Override
    protected void begin() {
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
        } else if (cursor instanceof ScanCursor.InSlot inSlot) {
            survey.fresh(view -> goOn(view, inSlot));
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

    private void goOn(ClusterView view, ScanCursor.InSlot cursor) {
        if (cursor.fits(view)) {
            largeSlot(view, cursor.slot(), cursor.nodeCursor());
        } else {
            sweepIfAllowed(cursor.slot());
        }
    }

    private void scan(ClusterView view, int shard, long nodeCursor) {
        asked += Math.min(request.count(), LARGEST_COUNT);
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
        keyBytes += reply.writerIndex() - part.firstKey();
        boolean isThrough = part.cursor() == 0;
        if (isThrough && shard + 1 == view.shards()) {
            survey.fresh(now -> answer(isUnchanged(view, now) ? 0 : ScanCursor.inSlots(0)));
        } else if (hasEnough(isThrough)) {
            answer(ScanCursor.inShards(view, isThrough ? shard + 1 : shard, part.cursor()));
        } else {
            scan(view, isThrough ? shard + 1 : shard, part.cursor());
        }
    }

    /** A small shard's end is no reason to answer; otherwise a call takes as much work as it would of a single server. */
    private boolean hasEnough(boolean isThrough) {
        return keyBytes > MOST_HELD || (isThrough ? keyCount : asked) >= request.count();
    }

    private static boolean isUnchanged(ClusterView then, ClusterView now) {
        return now.isSettled() && now.fingerprint() == then.fingerprint();
    }

    /** Going by slots does not send the client's SCAN to a node; whether its user may scan is asked by a small one. */
    private void sweepIfAllowed(int slot) {
        ByteBuf probe = CommandFrame.of("SCAN", "0", "COUNT", "1").buffer();
        int anySlot = client().backend().owners().any();
        ask(List.of(Question.toSlot(this, identity, probe, anySlot)), replies -> {
            if (isError(replies.get(0))) {
                answer(List.of(replies.get(0).retainedSlice()));
            } else {
                new SlotSweep(this, survey, request, slot, this::swept, (view, large) -> largeSlot(view, large, 0))
                        .start();
            }
        });
    }

    private void largeSlot(ClusterView view, int slot, long nodeCursor) {
        new LargeSlot(this, survey, view, slot, request.count(), at -> question(slot, at), this::swept)
                .scan(nodeCursor);
    }

    private void swept(long cursor, List<byte[]> found) {
        ByteBuf body = client().allocator().directBuffer();
        found.forEach(key -> RespWriter.writeBulkString(body, key));
        keys.add(body);
        keyCount += found.size();
        answer(cursor);
    }

    private Question question(int slot, long nodeCursor) {
        ByteBuf command = Unpooled.buffer(64 + options.readableBytes());
        boolean inPieces = request.count() > LARGEST_COUNT;
        RespWriter.writeArrayHeader(command, 2 + optionCount + (inPieces ? 2 : 0));
        RespWriter.writeBulkString(command, "SCAN");
        RespWriter.writeBulkString(command, Long.toUnsignedString(nodeCursor));
        command.writeBytes(options, options.readerIndex(), options.readableBytes());
        if (inPieces) {
            // The last one counts.
            RespWriter.writeBulkString(command, "COUNT");
            RespWriter.writeBulkString(command, Long.toString(LARGEST_COUNT));
        }
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
